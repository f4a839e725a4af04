package dev.workerclient.benchmarks.loopback;

import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.client.TestedClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Rounds in which each client has a turn. */
final class PairedRun {
  private final Map<Contender, TestedClient> clients;
  private final long turnNanos;

  PairedRun(Map<Contender, TestedClient> clients, int turnMillis) {
    this.clients = new EnumMap<>(clients);
    this.turnNanos = turnMillis * 1_000_000L;
  }

  /** Lets each client call for so long, and forgets it. */
  void warmUp(List<Contender> contenders, Load load, String payload, int millis) throws Exception {
    for (Contender contender : contenders) {
      Turn unused = load.run(client(contender), payload, millis * 1_000_000L);
    }
  }

  /** Compares them with the first of them. */
  List<Paired> run(List<Contender> contenders, Load load, String payload, int warmUp, int rounds)
      throws Exception {
    Map<Contender, List<Turn>> turns = new EnumMap<>(Contender.class);
    contenders.forEach(contender -> turns.put(contender, new ArrayList<>()));
    List<Contender> order = new ArrayList<>(contenders);
    Random random = new Random(1);
    for (int round = -warmUp; round < rounds; round++) {
      Collections.shuffle(order, random); // Nobody always follows the same one.
      for (Contender next : order) {
        Turn turn = load.run(client(next), payload, turnNanos);
        if (round >= 0) {
          Objects.requireNonNull(turns.get(next)).add(turn);
        }
      }
    }
    List<Turn> raw = Objects.requireNonNull(turns.get(contenders.get(0)));
    List<Paired> results = new ArrayList<>();
    turns.forEach((contender, own) -> results.add(new Paired(contender, own, raw)));
    return results;
  }

  private TestedClient client(Contender contender) {
    return Objects.requireNonNull(clients.get(contender));
  }
}
