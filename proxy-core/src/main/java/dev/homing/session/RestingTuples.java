package dev.homing.session;

import org.jspecify.annotations.Nullable;

/// The source tuples that one backend's sessions have released, oldest first, each with the time of
/// its release. Grows and shrinks by pieces of a fixed size, so that no release ever copies what
/// others have left; emptied pieces wait in a [Store] that all of a shard's backends share.
///
/// ```
/// first ─► piece ─► piece ─► piece ◄─ last
///            │                 │
///         64 tuples         64 tuples
///          ▲ taken here      ▲ released here
/// ```
///
/// An entry takes 12 octets and its share of its piece's headers, 13 in all. Owned by one shard.
final class RestingTuples {

    private static final int PIECE_ENTRIES = 64;

    /// Pieces that nobody uses now; they are kept, like all memory of a shard, for the next peak.
    static final class Store {
        private @Nullable Piece free;

        private Piece take() {
            Piece piece = free;
            if (piece == null) {
                return new Piece();
            }
            free = piece.next;
            piece.next = null;
            return piece;
        }

        private void give(Piece piece) {
            piece.next = free;
            free = piece;
        }
    }

    private static final class Piece {
        final long[] tuples = new long[PIECE_ENTRIES];
        final int[] releasedAt = new int[PIECE_ENTRIES];
        @Nullable Piece next;
    }

    private final Store store;

    // Both null while there is none.
    private @Nullable Piece first;
    private @Nullable Piece last;

    /// Of the oldest in the first piece, and of the next free place in the last one.
    private int oldest;

    private int end;

    RestingTuples(Store store) {
        this.store = store;
    }

    boolean isEmpty() {
        return first == null;
    }

    /// Whether there is one that was released so long ago.
    boolean hasRested(int nowSeconds, int restSeconds) {
        Piece piece = first;
        return piece != null && nowSeconds - piece.releasedAt[oldest] >= restSeconds;
    }

    /// Takes the oldest, or gives [SourceTuples#NONE].
    long take() {
        Piece piece = first;
        if (piece == null) {
            return SourceTuples.NONE;
        }
        long tuple = piece.tuples[oldest++];
        if (piece == last && oldest == end) {
            first = null;
            last = null;
            store.give(piece);
        } else if (oldest == PIECE_ENTRIES) {
            first = piece.next;
            oldest = 0;
            store.give(piece);
        }
        return tuple;
    }

    void add(long tuple, int nowSeconds) {
        Piece piece = last;
        if (piece == null || end == PIECE_ENTRIES) {
            piece = append();
        }
        piece.tuples[end] = tuple;
        piece.releasedAt[end] = nowSeconds;
        end++;
    }

    private Piece append() {
        Piece piece = store.take();
        if (last == null) {
            first = piece;
            oldest = 0;
        } else {
            last.next = piece;
        }
        last = piece;
        end = 0;
        return piece;
    }
}
