// The call centre's popup in Java, over libmuster_c by JNA: a customer calls, the agent's screen
// shows what to offer and what to say.
// usage: run.sh, or java -cp jna.jar:CLASSES -Djna.library.path=DIRECTORY Popup CATALOGUE

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

public class Popup {
  private static final Muster muster = Muster.load();
  private static final Muster.Error error = new Muster.Error();
  private static final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final DecimalFormat number =
      new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));

  private static void must(int status) {
    if (status != 0) throw new IllegalStateException(error.text());
  }

  /** A customer as tags, in memory of the library's; to be freed. */
  private static Pointer user(Pointer schema, double fee, String terminal, Boolean complained,
                              int contractEnd, String... interests) {
    PointerByReference made = new PointerByReference();
    must(muster.muster_user_new(schema, made, error));
    Pointer user = made.getValue();
    must(muster.muster_user_set_number(user, "plan_fee", Muster.TERMINATED, fee, error));
    must(muster.muster_user_set_text(user, "terminal", Muster.TERMINATED, terminal,
                                     Muster.TERMINATED, error));
    if (complained != null) {
      must(muster.muster_user_set_bool(user, "complained_90d", Muster.TERMINATED,
                                       complained ? 1 : 0, error));
    }
    must(muster.muster_user_set_days(user, "contract_end", Muster.TERMINATED, contractEnd, error));
    must(muster.muster_user_set_texts(user, "interests", Muster.TERMINATED,
                                      Muster.Text.array(interests), interests.length, error));
    return user;
  }

  private static void showOffer(Pointer view, long index) {
    Muster.Offer offer = new Muster.Offer();
    must(muster.muster_view_offer(view, index, offer, error));
    out.println("  " + (offer.primary != 0 ? "*" : "-") + " " + offer.name + " (" + offer.policy
        + "), score " + number.format(offer.score));
    Muster.Buffer script = new Muster.Buffer();
    for (long i = 0; i < offer.channels; ++i) {
      Muster.OfferChannel channel = new Muster.OfferChannel();
      must(muster.muster_view_channel(view, index, i, channel, error));
      must(muster.muster_view_script(view, index, channel.channel.data, channel.channel.size,
                                     script, error));
      out.println("      " + channel.name + ": " + (script.size > 0 ? script : "-"));
    }
    muster.muster_buffer_free(script);
  }

  /** What is offered, and why a policy that somebody asks for is not. */
  private static void popup(Pointer engine, String key, Pointer user, long now, String wanted) {
    Muster.Subject subject = new Muster.Subject(key, user);
    PointerByReference made = new PointerByReference();
    must(muster.muster_engine_decide(engine, subject, now, null, made, error));
    Pointer view = made.getValue();
    Muster.ViewInfo info = new Muster.ViewInfo();
    must(muster.muster_view_describe(view, info, error));
    out.println(key + " is offered " + info.offers + ":");
    for (long i = 0; i < info.offers; ++i) showOffer(view, i);
    muster.muster_view_release(view);

    Muster.Gate gate = new Muster.Gate();
    Muster.Buffer why = new Muster.Buffer();
    must(muster.muster_engine_check(engine, subject, wanted, Muster.TERMINATED, "hotline",
                                    Muster.TERMINATED, now, 0, gate, why, error));
    out.println("  " + wanted + " on the hotline: " + (gate.allowed != 0 ? "allowed" : why));
    muster.muster_buffer_free(why);
    muster.muster_user_free(user);
  }

  public static void main(String[] arguments) {
    PointerByReference made = new PointerByReference();
    must(muster.muster_catalogue_read(arguments[0], Muster.TERMINATED, null, made, error));
    Pointer catalogue = made.getValue();
    must(muster.muster_engine_new(null, made, error));
    Pointer engine = made.getValue();
    must(muster.muster_engine_deploy(engine, catalogue, error));
    must(muster.muster_catalogue_schema(catalogue, made, error));
    Pointer schema = made.getValue();

    LongByReference now = new LongByReference();
    IntByReference april = new IntByReference();
    must(muster.muster_parse_moment("2026-03-30T10:30:00+08:00", Muster.TERMINATED, now, error));
    must(muster.muster_parse_date("2026-04-20", Muster.TERMINATED, april, error));
    int end = april.getValue();
    popup(engine, "ming", user(schema, 96, "Huawei", false, end, "video", "music"),
          now.getValue(), "D168");
    popup(engine, "hong", user(schema, 96, "Xiaomi", null, end + 365, "video"),
          now.getValue(), "D168");

    muster.muster_schema_release(schema);
    muster.muster_engine_release(engine);
    muster.muster_catalogue_release(catalogue);
    muster.muster_error_clear(error);
  }
}
