package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.Serializers;
import dev.workerclient.internal.rpc.Remote;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes members of data whose declared type is an interface of the application's as objects to
 * call, as a Worker does that returns an object with stubs in it.
 */
final class LocalObjects extends SimpleModule {
  private static final long serialVersionUID = 1L;

  LocalObjects() {
    super("worker-client-rpc-local-objects");
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addSerializers(
        new Serializers.Base() {
          @Override
          public @Nullable JsonSerializer<?> findSerializer(
              SerializationConfig config, JavaType type, BeanDescription description) {
            Class<?> raw = type.getRawClass();
            return raw != Remote.class && Remote.isStoodForBy(raw) ? new Writer(raw) : null;
          }
        });
    context.insertAnnotationIntrospector(new DeclaredTypes());
  }

  /** Else Jackson looks at the class of the object, and not at what the record says. */
  private static final class DeclaredTypes extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonSerialize.@Nullable Typing findSerializationTyping(Annotated member) {
      JavaType type = member.getType();
      JavaType content = type == null ? null : type.getContentType();
      return isObject(type) || isObject(content) ? JsonSerialize.Typing.STATIC : null;
    }

    private static boolean isObject(@Nullable JavaType type) {
      return type != null && Remote.isStoodForBy(type.getRawClass());
    }
  }

  private static final class Writer extends JsonSerializer<Object> {
    private final Class<?> type;

    Writer(Class<?> type) {
      this.type = type;
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeEmbeddedObject(MethodModel.exported(value, type));
    }
  }
}
