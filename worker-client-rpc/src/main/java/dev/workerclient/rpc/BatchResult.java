package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.internal.rpc.Answers;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RejectedPromiseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a batch brought. Thread-safe. */
final class BatchResult {
  private final Answers answers;
  private final Map<RpcNode, Integer> ids;
  private final RpcFailures failures;
  private final Map<RpcNode, JsonNode> read = new HashMap<>();
  private final Map<RpcNode, RuntimeException> failed = new HashMap<>();

  /**
   * @param ids of the results that were asked for
   */
  BatchResult(Answers answers, Map<RpcNode, Integer> ids, RpcFailures failures) {
    this.answers = answers;
    this.ids = ids;
    this.failures = failures;
  }

  /** Throws where an answer is missing: then nothing is known of the batch. */
  void requireAll() {
    ids.forEach(
        (node, id) -> {
          if (answers.isRejected(id) == null) {
            throw failures.noBatch("the answer says nothing of " + node.label());
          }
        });
  }

  @Nullable Object value(RpcNode node, JavaType type) {
    JsonNode tree = tree(node);
    try {
      return References.VALUES.value(tree, type);
    } catch (JsonProcessingException e) {
      throw failures.notOfType(node, type, e);
    }
  }

  /** Throws what the method threw, whatever it returned. */
  synchronized void require(RpcNode node) {
    Integer id = ids.get(node);
    if (id != null && Boolean.TRUE.equals(answers.isRejected(id))) {
      throw failed.computeIfAbsent(node, each -> rejected(each, id));
    }
  }

  private synchronized JsonNode tree(RpcNode node) {
    JsonNode known = read.get(node);
    if (known != null) {
      return known;
    }
    Integer id = ids.get(node);
    if (id == null) {
      throw new IllegalStateException(
          node.label() + " was not asked for; say pull() on its promise before the batch is sent");
    }
    require(node);
    RuntimeException failure = failed.get(node);
    if (failure != null) {
      throw failure;
    }
    try {
      JsonNode tree = answers.value(id);
      read.put(node, tree);
      return tree;
    } catch (RejectedPromiseException e) {
      failure = failures.thrown(node, e.error());
    } catch (ProtocolException e) {
      failure = failures.notData(node, e);
    }
    failed.put(node, failure); // The promises in it are read once.
    throw failure;
  }

  private RuntimeException rejected(RpcNode node, int id) {
    try {
      return failures.thrown(node, answers.error(id));
    } catch (ProtocolException e) {
      return failures.notData(node, e);
    }
  }
}
