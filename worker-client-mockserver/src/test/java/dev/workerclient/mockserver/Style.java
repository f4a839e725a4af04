package dev.workerclient.mockserver;

import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerResponse;
import java.util.concurrent.CompletionException;

/** The two ways to make a call, for scenarios that must be the same in both. */
public enum Style {
  BLOCKING {
    @Override
    public WorkerResponse execute(WorkerRequest request) {
      return request.execute();
    }
  },
  ASYNC {
    @Override
    public WorkerResponse execute(WorkerRequest request) {
      try {
        return request.executeAsync().join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  };

  public abstract WorkerResponse execute(WorkerRequest request);
}
