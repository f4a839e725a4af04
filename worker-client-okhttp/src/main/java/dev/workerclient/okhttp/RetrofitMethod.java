package dev.workerclient.okhttp;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Invocation;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.HEAD;
import retrofit2.http.HTTP;
import retrofit2.http.OPTIONS;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Streaming;

/** What the annotations of Retrofit's method say, if a request comes from Retrofit. */
final class RetrofitMethod {
  private static final boolean HAS_RETROFIT = hasRetrofit();

  private final Method method;

  private RetrofitMethod(Method method) {
    this.method = method;
  }

  /** Returns the method that made the request; null if none did. */
  static @Nullable RetrofitMethod of(Request request) {
    if (!HAS_RETROFIT) {
      return null;
    }
    Invocation invocation = request.tag(Invocation.class);
    return invocation == null ? null : new RetrofitMethod(invocation.method());
  }

  private static boolean hasRetrofit() {
    try {
      Class.forName("retrofit2.Invocation", false, RetrofitMethod.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false; // It is optional.
    }
  }

  boolean streams() {
    return method.isAnnotationPresent(Streaming.class);
  }

  /** Returns HTTP method and path template; null if the method is called with its URL. */
  @Nullable String operation(String httpMethod) {
    for (Annotation annotation : method.getAnnotations()) {
      String path = path(annotation);
      if (path != null && !path.isEmpty() && !path.contains("://")) {
        String template = path.split("[?#]", 2)[0];
        return httpMethod + (template.startsWith("/") ? " " : " /") + template;
      }
    }
    return null;
  }

  private static @Nullable String path(Annotation annotation) {
    if (annotation instanceof GET get) {
      return get.value();
    } else if (annotation instanceof POST post) {
      return post.value();
    } else if (annotation instanceof PUT put) {
      return put.value();
    } else if (annotation instanceof DELETE delete) {
      return delete.value();
    } else if (annotation instanceof PATCH patch) {
      return patch.value();
    } else if (annotation instanceof HEAD head) {
      return head.value();
    } else if (annotation instanceof OPTIONS options) {
      return options.value();
    }
    return annotation instanceof HTTP http ? http.path() : null;
  }
}
