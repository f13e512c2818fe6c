package dev.homing.control.watch;

import dev.homing.control.config.source.FileRead;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls when one of some files holds something else than when it was read.
///
/// The kernel tells of events in the folders of the files (inotify). They only say when to look:
/// what counts is what a file holds, once nothing has happened for a moment, so that a file that is
/// just being written is not read half, and touching it does nothing. Where the kernel tells
/// nothing, as on network file systems, a look now and then finds it too.
///
/// A thread of its own. Any thread may say what to watch.
public final class FileWatch implements AutoCloseable {

    /// Editors and `kubectl` are done within it.
    public static final Duration QUIET = Duration.ofMillis(200);

    /// Of a look that nobody has asked for.
    public static final Duration POLL = Duration.ofSeconds(10);

    /// Whoever writes all the time is not waited for any longer.
    private static final int QUIETS_MAX = 10;

    private static final Logger LOG = LoggerFactory.getLogger("config");

    private final Runnable onChange;
    private final Duration quiet;
    private final Duration poll;

    /// Null if the kernel has none left.
    private final @Nullable WatchService events;

    private final Thread thread;
    private final Map<Path, WatchKey> folders = new HashMap<>();
    private List<FileRead> files = List.of();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param onChange called by the watch's own thread
    public FileWatch(Runnable onChange) {
        this(onChange, QUIET, POLL);
    }

    FileWatch(Runnable onChange, Duration quiet, Duration poll) {
        this.onChange = onChange;
        this.quiet = quiet;
        this.poll = poll;
        events = open(poll);
        thread = Thread.ofPlatform().daemon().name("watch").start(this::run);
    }

    /// Null with a warning if there is none: `fs.inotify.max_user_instances` of a user is 128.
    private static @Nullable WatchService open(Duration poll) {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("error", e.getMessage())
                    .addKeyValue("every_seconds", poll.toSeconds())
                    .addKeyValue("remedy", "raise fs.inotify.max_user_instances")
                    .log("watch-by-looking");
            return null;
        }
    }

    /// Watches these from now on, and nothing else.
    public synchronized void watch(Collection<FileRead> toWatch) {
        files = List.copyOf(toWatch);
        follow();
    }

    /// Listens where the files' links lead now.
    private void follow() {
        WatchService service = events;
        if (service == null) {
            return;
        }
        Set<Path> wanted = new HashSet<>();
        files.forEach(file -> wanted.addAll(Links.folders(file.path())));
        folders.entrySet()
                .removeIf(entry -> {
                    boolean isOver =
                            !wanted.contains(entry.getKey()) || !entry.getValue().isValid();
                    if (isOver) {
                        entry.getValue().cancel();
                    }
                    return isOver;
                });
        for (Path folder : wanted) {
            try {
                // Again also where it is watched: the name may lead to another folder by now.
                folders.put(
                        folder,
                        folder.register(
                                service,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_MODIFY,
                                StandardWatchEventKinds.ENTRY_DELETE));
            } catch (IOException | ClosedWatchServiceException e) {
                // It is not there, or not ours to see: a look now and then finds it when it comes.
                LOG.atDebug().addKeyValue("folder", folder).log("folder-not-watched");
            }
        }
    }

    private void run() {
        try {
            while (await()) {
                if (isChanged()) {
                    onChange.run();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.atDebug().log("watch-ended");
        }
    }

    /// Waits for a reason to look.
    private boolean await() throws InterruptedException {
        WatchService service = events;
        if (service == null) {
            return !closed.await(poll.toMillis(), TimeUnit.MILLISECONDS);
        }
        WatchKey first = service.poll(poll.toMillis(), TimeUnit.MILLISECONDS);
        WatchKey key = first;
        for (int i = 0; key != null && i < QUIETS_MAX; i++) {
            key.pollEvents();
            key.reset();
            key = service.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (key != null) {
            key.pollEvents();
            key.reset();
        }
        return true;
    }

    /// Whether a file holds something else than it did; told only once.
    private synchronized boolean isChanged() {
        follow();
        List<FileRead> now = files.stream().map(FileRead::again).toList();
        boolean isChanged = !now.equals(files);
        files = now;
        return isChanged;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        if (events != null) {
            try {
                events.close();
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("watch-not-closed");
            }
        }
    }
}
