package dev.workerclient.benchmarks.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/** GETs by OkHttp, as Spring's own factory did until version 7 took it out. */
record SpringOkHttpRequests(OkHttpClient client) implements ClientHttpRequestFactory {
  @Override
  public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
    return new Get(client, uri, new HttpHeaders(), new HashMap<>());
  }

  private record Get(
      OkHttpClient client, URI uri, HttpHeaders headers, Map<String, Object> attributes)
      implements ClientHttpRequest {
    @Override
    public HttpMethod getMethod() {
      return HttpMethod.GET;
    }

    @Override
    public URI getURI() {
      return uri;
    }

    @Override
    public Map<String, Object> getAttributes() {
      return attributes;
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public OutputStream getBody() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public ClientHttpResponse execute() throws IOException {
      Request.Builder request = new Request.Builder().url(uri.toURL());
      headers.forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
      Response response = client.newCall(request.build()).execute();
      HttpHeaders received = new HttpHeaders();
      response.headers().forEach(header -> received.add(header.getFirst(), header.getSecond()));
      return new Received(response, received);
    }
  }

  private record Received(Response response, HttpHeaders headers) implements ClientHttpResponse {
    @Override
    public HttpStatusCode getStatusCode() {
      return HttpStatusCode.valueOf(response.code());
    }

    @Override
    public String getStatusText() {
      return response.message();
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return response.body().byteStream();
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
