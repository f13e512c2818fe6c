package dev.homing.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Does the same thing many times, several at a time: for what spends most of its life waiting.
public final class Lanes {

    /// What is done, the `number`-th time.
    public interface Task {
        void run(int number) throws Exception;
    }

    private Lanes() {}

    /// Fails as the first of them that fails, after all have ended.
    public static void run(int lanes, int times, Task task) throws Exception {
        List<Future<?>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
            for (int i = 0; i < times; i++) {
                int number = i;
                Callable<Void> one =
                        () -> {
                            task.run(number);
                            return null;
                        };
                ends.add(threads.submit(one));
            }
        }
        for (Future<?> end : ends) {
            end.get();
        }
    }
}
