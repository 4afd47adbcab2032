// What Popup.java needs of muster.h, as JNA sees it. Field by field as there; 64 bits.

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;

public interface Muster extends Library {
  /** A text's length: it ends at its first NUL. */
  long TERMINATED = -1;

  static Muster load() {
    return Native.load("muster_c", Muster.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
  }

  private static String utf8(Pointer data, long size) {
    return size == 0 ? "" : new String(data.getByteArray(0, (int) size), StandardCharsets.UTF_8);
  }

  /** A struct that begins with its size. */
  abstract class Sized extends Structure {
    public long size;

    @Override
    public void write() {
      size = size();
      super.write();
    }
  }

  @FieldOrder({"size", "status", "findings", "begin", "end", "message_length", "kept", "message"})
  class Error extends Sized {
    public int status;
    public int findings;
    public long begin;
    public long end;
    public long message_length;
    public Pointer kept;
    public byte[] message = new byte[512];

    public String text() {
      return Native.toString(message, "UTF-8");
    }
  }

  @FieldOrder({"data", "size"})
  class Text extends Structure {
    public Pointer data;
    public long size;

    @Override
    public String toString() {
      return utf8(data, size);
    }

    /** Texts one after another, as C has them. */
    public static Text[] array(String... strings) {
      Text[] texts = (Text[]) new Text().toArray(Math.max(1, strings.length));
      for (int i = 0; i < strings.length; ++i) {
        byte[] bytes = strings[i].getBytes(StandardCharsets.UTF_8);
        Memory memory = new Memory(Math.max(1, bytes.length));
        memory.write(0, bytes, 0, bytes.length);
        texts[i].data = memory;
        texts[i].size = bytes.length;
      }
      return texts;
    }
  }

  @FieldOrder({"data", "size", "capacity"})
  class Buffer extends Structure {
    public Pointer data;
    public long size;
    public long capacity;

    @Override
    public String toString() {
      return utf8(data, size);
    }
  }

  @FieldOrder({"size", "key", "key_length", "user", "layout", "row"})
  class Subject extends Sized {
    public String key;
    public long key_length = TERMINATED;
    public Pointer user;
    public Pointer layout;
    public Pointer row;

    public Subject(String key, Pointer user) {
      setStringEncoding("UTF-8");
      this.key = key;
      this.user = user;
    }
  }

  @FieldOrder({"size", "allowed", "reason"})
  class Gate extends Sized {
    public int allowed;
    public int reason;
  }

  @FieldOrder({"size", "user", "catalogue_version", "content_hash", "decision_id", "at", "holdout",
               "high_value", "offers", "omissions"})
  class ViewInfo extends Sized {
    public Text user;
    public Text catalogue_version;
    public long content_hash;
    public long decision_id;
    public long at;
    public int holdout;
    public int high_value;
    public long offers;
    public long omissions;
  }

  @FieldOrder({"size", "policy", "name", "policy_index", "primary", "score", "propensity", "value",
               "context", "lever", "contact_cost", "channels"})
  class Offer extends Sized {
    public Text policy;
    public Text name;
    public long policy_index;
    public int primary;
    public double score;
    public double propensity;
    public double value;
    public double context;
    public double lever;
    public double contact_cost;
    public long channels;
  }

  @FieldOrder({"size", "channel", "name", "channel_index", "preferred", "propensity", "rank"})
  class OfferChannel extends Sized {
    public Text channel;
    public Text name;
    public long channel_index;
    public int preferred;
    public double propensity;
    public double rank;
  }

  int muster_parse_date(String text, long length, IntByReference days, Error error);
  int muster_parse_moment(String text, long length, LongByReference seconds, Error error);
  void muster_error_clear(Error error);
  void muster_buffer_free(Buffer buffer);

  int muster_catalogue_read(String path, long length, Pointer limits, PointerByReference out,
                            Error error);
  int muster_catalogue_schema(Pointer catalogue, PointerByReference out, Error error);
  void muster_catalogue_release(Pointer catalogue);
  void muster_schema_release(Pointer schema);

  int muster_user_new(Pointer schema, PointerByReference out, Error error);
  int muster_user_set_bool(Pointer user, String tag, long length, int value, Error error);
  int muster_user_set_number(Pointer user, String tag, long length, double value, Error error);
  int muster_user_set_days(Pointer user, String tag, long length, int days, Error error);
  int muster_user_set_text(Pointer user, String tag, long length, String value, long value_length,
                           Error error);
  int muster_user_set_texts(Pointer user, String tag, long length, Text[] values, long count,
                            Error error);
  void muster_user_free(Pointer user);

  int muster_engine_new(Pointer options, PointerByReference out, Error error);
  int muster_engine_deploy(Pointer engine, Pointer catalogue, Error error);
  int muster_engine_decide(Pointer engine, Subject subject, long now, Pointer options,
                           PointerByReference out, Error error);
  int muster_engine_check(Pointer engine, Subject subject, String policy, long policy_length,
                          String channel, long channel_length, long now, int language, Gate out,
                          Buffer text, Error error);
  void muster_engine_release(Pointer engine);

  int muster_view_describe(Pointer view, ViewInfo out, Error error);
  int muster_view_offer(Pointer view, long index, Offer out, Error error);
  int muster_view_channel(Pointer view, long offer, long index, OfferChannel out, Error error);
  int muster_view_script(Pointer view, long offer, Pointer channel, long channel_length, Buffer out,
                         Error error);
  void muster_view_release(Pointer view);
}
