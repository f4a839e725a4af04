package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.deser.std.UntypedObjectDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.workerclient.internal.rpc.Remote;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads the objects, functions and streams that a Worker sent, wherever they stand. */
final class RemoteObjects extends SimpleModule {
  private static final long serialVersionUID = 1L;

  RemoteObjects() {
    super("worker-client-rpc-objects");
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addDeserializers(
        new Deserializers.Base() {
          @Override
          public @Nullable JsonDeserializer<?> findBeanDeserializer(
              JavaType type, DeserializationConfig config, BeanDescription description) {
            Class<?> raw = type.getRawClass();
            if (raw == RpcRequest.class || raw == RpcResponse.class) {
              return FetchTypes.reader(raw);
            }
            return FetchTypes.needSession(raw) || Remote.isStoodForBy(raw)
                ? new Reader(type)
                : null;
          }
        });
    context.addBeanDeserializerModifier(new DataAlone());
  }

  /**
   * Has Jackson's own readers refuse what is not data: that of Strings calls its toString(), and
   * that of any Object hands it over.
   */
  private static final class DataAlone extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription description, JsonDeserializer<?> reader) {
      if (reader.getClass() == StringDeserializer.class) {
        return new TextReader();
      }
      return reader.getClass() == UntypedObjectDeserializer.class ? new AnyReader() : reader;
    }
  }

  private static final class AnyReader extends UntypedObjectDeserializer {
    private static final long serialVersionUID = 1L;

    AnyReader() {
      super(null, (JavaType) null);
    }

    @Override
    @SuppressWarnings("NullAway")
    public @Nullable Object deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      if (in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
        Object embedded = in.getEmbeddedObject();
        if (embedded instanceof RemoteHandle || embedded instanceof ChunkQueue) {
          return context.reportInputMismatch(
              Object.class, "%s is not data; declare its type, %s", embedded, declared(embedded));
        }
        if (embedded instanceof LocalObject own) {
          return own.target();
        }
      }
      return super.deserialize(in, context);
    }

    private static String declared(Object embedded) {
      if (embedded instanceof ChunkQueue) {
        return "InputStream or Flow.Publisher";
      }
      boolean writable = embedded instanceof RemoteHandle handle && handle.isWritable();
      return writable ? "OutputStream" : "an interface of yours";
    }
  }

  private static final class TextReader extends StringDeserializer {
    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
        Object embedded = in.getEmbeddedObject();
        if (embedded instanceof RemoteHandle
            || embedded instanceof ChunkQueue
            || embedded instanceof LocalObject) {
          return (String) context.handleUnexpectedToken(String.class, in);
        }
      }
      return super.deserialize(in, context);
    }
  }

  private static final class Reader extends StdDeserializer<Object> {
    private static final long serialVersionUID = 1L;

    private final JavaType declared;
    private final Class<?> type;

    Reader(JavaType declared) {
      super(declared);
      this.declared = declared;
      this.type = declared.getRawClass();
    }

    @Override
    @SuppressWarnings("NullAway") // Jackson has null for what it reports itself.
    public @Nullable Object deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      if (in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
        Object embedded = in.getEmbeddedObject();
        if (embedded instanceof ChunkQueue stream && type == InputStream.class) {
          return stream.asInput();
        }
        if (embedded instanceof ChunkQueue stream && type == RpcBlob.class) {
          return new RpcBlob(stream.contentType(), stream.asInput());
        }
        if (embedded instanceof ChunkQueue stream && type == Flow.Publisher.class) {
          return stream.asPublisher(declared.containedTypeOrUnknown(0));
        }
        if (embedded instanceof RemoteHandle handle && handle.isWritable()) {
          return type == OutputStream.class ? handle.asOutput() : wrong(in, context);
        }
        if (embedded instanceof RemoteHandle handle && Remote.isStoodForBy(type)) {
          return handle.as(InterfaceModel.of(type));
        }
        if (embedded instanceof LocalObject own && type.isInstance(own.target())) {
          return own.target();
        }
      }
      return wrong(in, context);
    }

    @SuppressWarnings("NullAway")
    private @Nullable Object wrong(JsonParser in, DeserializationContext context)
        throws IOException {
      return context.handleUnexpectedToken(type, in);
    }
  }
}
