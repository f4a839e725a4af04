package dev.workerclient.benchmarks.loopback;

import java.util.Arrays;

/** Nanoseconds a call, of one thread or, with its lock, of several. */
public final class Latencies {
  private long[] nanos = new long[1 << 12];
  private int size;

  /** Adds a call. */
  public void add(long elapsed) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = elapsed;
  }

  /** Adds all of another. */
  public void addAll(Latencies other) {
    for (int i = 0; i < other.size; i++) {
      add(other.nanos[i]);
    }
  }

  /** Forgets all, and keeps the room. */
  public void clear() {
    size = 0;
  }

  /** How many calls. */
  public int count() {
    return size;
  }

  /** How many calls took longer. */
  public int longerThan(long limit) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += nanos[i] > limit ? 1 : 0;
    }
    return count;
  }

  /** Milliseconds below which that part of the calls lies; the longest for 1. */
  public double percentile(double part) {
    if (size == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(size - 1, part * size)] / 1e6;
  }
}
