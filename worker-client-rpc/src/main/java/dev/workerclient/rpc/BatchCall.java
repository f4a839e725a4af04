package dev.workerclient.rpc;

import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.rpc.Answers;
import dev.workerclient.internal.rpc.ProtocolException;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;

/** Sends one batch. */
final class BatchCall {
  private static final int OK = 200;
  private static final int NAMED = 3;
  private static final int LONGEST_HEADER = 1000;

  private final WorkerService service;
  private final BatchWriter batch;
  private final List<String> labels;
  private final String operation;

  BatchCall(WorkerService service, BatchWriter batch) {
    this.service = service;
    this.batch = batch;
    this.labels = batch.labels();
    this.operation = operation();
  }

  /**
   * Sends it.
   *
   * @throws IllegalStateException if another batch sent one of its calls, or no route serves RPC
   */
  BatchResult execute() {
    WorkerRequest request = request();
    SentOnce sending = SentOnce.claim(batch.calls());
    try {
      return result(request.execute());
    } catch (WorkerException e) {
      sending.failed(e);
      throw e;
    }
  }

  /** As {@link #execute}. */
  CompletableFuture<BatchResult> executeAsync() {
    WorkerRequest request = request();
    SentOnce sending = SentOnce.claim(batch.calls());
    CompletableFuture<WorkerResponse> response = request.executeAsync();
    return Futures.cancelling(
        response.whenComplete((answer, failure) -> sending.failed(failure)).thenApply(this::result),
        response);
  }

  private WorkerRequest request() {
    WorkerRequest request =
        service
            .rpc(operation)
            .header("Rpc-Methods", methods())
            .body(batch.text(), "text/plain;charset=UTF-8");
    return batch.isIdempotent() ? request.idempotent() : request;
  }

  private BatchResult result(WorkerResponse response) {
    RpcFailures failures =
        new RpcFailures(
            service.name(),
            operation,
            batch.isIdempotent(),
            "batch",
            RpcFailures.Source.of(response));
    if (response.status() != OK) {
      throw failures.notServed(response);
    }
    try {
      BatchResult result = new BatchResult(Answers.read(response.string()), batch, failures);
      result.requireAny();
      return result;
    } catch (ProtocolException e) {
      throw failures.noBatch(String.valueOf(e.getMessage()));
    }
  }

  /** For logs on the way; a name that no header can hold is skipped. */
  private String methods() {
    StringJoiner fitting = new StringJoiner(",");
    for (String label : labels) {
      if (fitsHeader(label)) {
        fitting.add(label);
      }
    }
    String all = fitting.toString();
    return all.length() > LONGEST_HEADER ? all.substring(0, LONGEST_HEADER) : all;
  }

  private static boolean fitsHeader(String label) {
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == ',') {
        return false;
      }
    }
    return true;
  }

  private String operation() {
    String first = String.join(", ", labels.subList(0, Math.min(NAMED, labels.size())));
    return labels.size() > NAMED ? first + " and " + (labels.size() - NAMED) + " more" : first;
  }
}
