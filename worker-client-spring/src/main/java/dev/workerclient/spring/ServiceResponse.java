package dev.workerclient.spring;

import dev.workerclient.ResponseInfo;
import dev.workerclient.StreamingResponse;
import dev.workerclient.WorkerResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** A target's answer as Spring reads it. */
final class ServiceResponse implements ClientHttpResponse {
  private final int status;
  private final HttpHeaders headers = new HttpHeaders();
  private final InputStream body;
  private final Runnable end;

  private ServiceResponse(ResponseInfo response, InputStream body, Runnable end) {
    this.status = response.status();
    response.headers().forEach(headers::addAll);
    this.body = body;
    this.end = end;
  }

  static ServiceResponse of(WorkerResponse response) {
    return new ServiceResponse(response, new ByteArrayInputStream(response.bytes()), () -> {});
  }

  static ServiceResponse of(StreamingResponse response) {
    return new ServiceResponse(response, response.stream(), response::close);
  }

  @Override
  public HttpStatusCode getStatusCode() {
    return HttpStatusCode.valueOf(status);
  }

  @Override
  public String getStatusText() {
    HttpStatus known = HttpStatus.resolve(status);
    return known == null ? "" : known.getReasonPhrase();
  }

  @Override
  public HttpHeaders getHeaders() {
    return headers;
  }

  @Override
  public InputStream getBody() {
    return body;
  }

  @Override
  public void close() {
    end.run();
  }
}
