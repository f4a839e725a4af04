package dev.workerclient.micrometer;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of calls, with the keys that the default conventions give. */
public enum WorkerObservationDocumentation implements ObservationDocumentation {
  /** A call, with all its attempts and waits. */
  CALL {
    @Override
    public Class<? extends ObservationConvention<? extends Observation.Context>>
        getDefaultConvention() {
      return DefaultWorkerCallObservationConvention.class;
    }

    @Override
    public KeyName[] getHighCardinalityKeyNames() {
      return new KeyName[] {HighCardinalityKeyNames.ATTEMPTS};
    }
  },

  /** One attempt of a call, a child of its observation. */
  ATTEMPT {
    @Override
    public Class<? extends ObservationConvention<? extends Observation.Context>>
        getDefaultConvention() {
      return DefaultWorkerAttemptObservationConvention.class;
    }

    @Override
    public KeyName[] getHighCardinalityKeyNames() {
      return new KeyName[] {
        HighCardinalityKeyNames.METHOD,
        HighCardinalityKeyNames.URL,
        HighCardinalityKeyNames.SERVER_ADDRESS,
        HighCardinalityKeyNames.SERVER_PORT,
        HighCardinalityKeyNames.STATUS_CODE,
        HighCardinalityKeyNames.RESEND_COUNT,
        HighCardinalityKeyNames.DELIVERY,
        HighCardinalityKeyNames.RAY
      };
    }
  };

  @Override
  public KeyName[] getLowCardinalityKeyNames() {
    return LowCardinalityKeyNames.values();
  }

  /** Keys with few values: the tags of meters. */
  public enum LowCardinalityKeyNames implements KeyName {
    /** The service's name. */
    SERVICE("service"),
    /** Method and path template, the RPC method, or the name that the application gave. */
    OPERATION("operation"),
    /** {@code binding-proxy} or {@code custom-domain}; of a call the last one, or {@code none}. */
    ROUTE("route"),
    /** {@code SUCCESS} and such by the answer's status, or the code of the failure. */
    OUTCOME("outcome");

    private final String key;

    LowCardinalityKeyNames(String key) {
      this.key = key;
    }

    @Override
    public String asString() {
      return key;
    }
  }

  /** Keys with many values: of spans alone. */
  public enum HighCardinalityKeyNames implements KeyName {
    /** How many attempts the call made. */
    ATTEMPTS("worker.attempts"),
    /** The HTTP method. */
    METHOD("http.request.method"),
    /** The URL, with {@code REDACTED} for the values in its query. */
    URL("url.full"),
    /** The host of the proxy or the custom domain. */
    SERVER_ADDRESS("server.address"),
    /** Its port. */
    SERVER_PORT("server.port"),
    /** The HTTP status that came back; absent if none did. */
    STATUS_CODE("http.response.status_code"),
    /** How many attempts came before this one; absent on the first. */
    RESEND_COUNT("http.request.resend_count"),
    /** What is known about whether the attempt ran the target. */
    DELIVERY("worker.delivery"),
    /** The {@code cf-ray} of the response; absent if there is none. */
    RAY("cf.ray");

    private final String key;

    HighCardinalityKeyNames(String key) {
      this.key = key;
    }

    @Override
    public String asString() {
      return key;
    }
  }
}
