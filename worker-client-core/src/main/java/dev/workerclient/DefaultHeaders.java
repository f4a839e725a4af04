package dev.workerclient;

import dev.workerclient.internal.http.CallSpec.Header;
import dev.workerclient.internal.http.HeaderText;
import java.util.ArrayList;
import java.util.List;

/** The headers that a client or a service adds to each of its requests, by whichever route. */
final class DefaultHeaders {
  private final List<Header> headers = new ArrayList<>();

  void add(String name, String value) {
    RequestHeaders.requireAllowedOnEveryCall(name);
    headers.add(new Header(name, HeaderText.requireValue(name, value)));
  }

  boolean isEmpty() {
    return headers.isEmpty();
  }

  /** Returns these, and those of the others that have no name in common with these. */
  List<Header> over(List<Header> others) {
    return merge(others, headers);
  }

  /** Returns the more specific headers, and those of the others that have no name in common. */
  static List<Header> merge(List<Header> others, List<Header> specific) {
    if (others.isEmpty() || specific.isEmpty()) {
      return List.copyOf(others.isEmpty() ? specific : others);
    }
    List<Header> merged = new ArrayList<>(others);
    merged.removeIf(
        other -> specific.stream().anyMatch(one -> one.name().equalsIgnoreCase(other.name())));
    merged.addAll(specific);
    return List.copyOf(merged);
  }
}
