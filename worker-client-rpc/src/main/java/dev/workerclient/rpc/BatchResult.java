package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import dev.workerclient.internal.rpc.Answers;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RejectedPromiseException;
import org.jspecify.annotations.Nullable;

/** What a batch brought. Thread-safe. */
final class BatchResult {
  private final Answers answers;
  private final BatchWriter batch;
  private final RpcFailures failures;

  BatchResult(Answers answers, BatchWriter batch, RpcFailures failures) {
    this.answers = answers;
    this.batch = batch;
    this.failures = failures;
  }

  /** Throws if nothing is answered: then nothing is known of the batch. */
  void requireAny() {
    if (!batch.isAnyPulled(id -> answers.isRejected(id) != null)) {
      throw failures.noBatch("it has no result");
    }
  }

  /** Returns the value of a result; asked for once. */
  synchronized @Nullable Object value(RpcNode node, JavaType type) {
    int id = batch.pulledId(node);
    if (id == 0) {
      throw new IllegalStateException(
          node.label() + " was not asked for; call pull() on its promise before the batch is sent");
    }
    require(node);
    try {
      return References.VALUES.value(answers.value(id), type);
    } catch (RejectedPromiseException e) {
      throw failures.thrown(node, e.error());
    } catch (ProtocolException e) {
      throw failures.notData(node, e);
    } catch (JsonProcessingException e) {
      throw failures.notOfType(node, type, e);
    }
  }

  /** Throws what the method threw, whatever it returned. */
  synchronized void require(RpcNode node) {
    int id = batch.pulledId(node);
    if (id == 0) {
      return;
    }
    Boolean rejected = answers.isRejected(id);
    if (rejected == null) {
      throw failures.notAnswered(node);
    }
    if (rejected) {
      throw failures.thrown(node, answers.error(id));
    }
  }
}
