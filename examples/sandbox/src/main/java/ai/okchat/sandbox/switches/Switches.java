package ai.okchat.sandbox.switches;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * One setting for each behaviour that the documentation does not specify. Names are those of the
 * JSON; the option of the program has the same name in kebab case.
 */
public record Switches(
    @Help("Wrapper and key names of the knowledge base list.")
        KnowledgeListShape knowledgeListShape,
    @Help("Documents on a page of a paged knowledge base list, for requests without a limit.")
        int pagedListSize,
    @Help("Whether the replacement of a document also changes its title.")
        boolean patchChangesTitle,
    @Help("Change of the extension when a file name becomes a title.")
        TitleExtension titleExtension,
    @Help("Time until queries find a new document.") long indexingDelayMillis,
    @Help("Time until the knowledge base list shows a new document.") long knowledgeLagMillis,
    @Help("Time until list and details show a new bot.") long listLagMillis,
    @Help("Response to a create with a slug that is in use.") SlugTaken slugTakenStatus,
    @Help("Requests per second and organization before 429 with Retry-After; 0: no limit.")
        int rateLimitPerSecond,
    @Help("Maximum number of bots of an organization; 0: no limit.") int maxBots,
    @Help("Status of the response to a create above maxBots: 402 or 403.") int quotaStatus,
    @Help("Status of the response to a deletion: 200 with a message or 204 without a body.")
        int deleteStatus,
    @Help("Whether Update Chatbot replaces or merges the settings.") SettingsUpdate settingsMerge,
    @Help("Whether the chat widget endpoint also writes settings.snippet.")
        boolean widgetWritesSnippet) {

  private static final Switches DEFAULTS =
      new Switches(
          KnowledgeListShape.DOCUMENTS,
          10,
          true,
          TitleExtension.KEEP,
          0,
          0,
          0,
          SlugTaken.CONFLICT,
          0,
          0,
          402,
          200,
          SettingsUpdate.REPLACE,
          false);

  public Switches {
    require(pagedListSize >= 1, "pagedListSize: must be at least 1");
    require(indexingDelayMillis >= 0, "indexingDelayMillis: must not be negative");
    require(knowledgeLagMillis >= 0, "knowledgeLagMillis: must not be negative");
    require(listLagMillis >= 0, "listLagMillis: must not be negative");
    require(rateLimitPerSecond >= 0, "rateLimitPerSecond: must not be negative");
    require(maxBots >= 0, "maxBots: must not be negative");
    require(quotaStatus == 402 || quotaStatus == 403, "quotaStatus: must be 402 or 403");
    require(deleteStatus == 200 || deleteStatus == 204, "deleteStatus: must be 200 or 204");
  }

  public static Switches defaults() {
    return DEFAULTS;
  }

  /** Returns every switch, in the order of declaration. */
  public static List<Switch> all() {
    return Arrays.stream(Switches.class.getRecordComponents()).map(Switch::new).toList();
  }

  /**
   * Returns these switches with one change.
   *
   * @param name the name in JSON, for example {@code listLagMillis}
   * @param value a number, true or false, or a named value such as {@code bare-array}
   * @throws IllegalArgumentException with the name of the switch and its accepted values
   */
  public Switches with(String name, Object value) {
    var parts = Switches.class.getRecordComponents();
    if (Arrays.stream(parts).noneMatch(part -> part.getName().equals(name))) {
      throw new IllegalArgumentException(name + ": no such switch");
    }
    return fromParts(
        Arrays.stream(parts)
            .map(part -> valueOf(part, name, value.toString()))
            .toArray(Object[]::new));
  }

  private Object valueOf(RecordComponent part, String changed, String text) {
    var known = new Switch(part);
    return part.getName().equals(changed) ? known.parse(text) : known.valueIn(this);
  }

  private static Switches fromParts(Object[] values) {
    try {
      return (Switches) Switches.class.getDeclaredConstructors()[0].newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof IllegalArgumentException rejection
          ? rejection
          : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void require(boolean fits, String problem) {
    if (!fits) {
      throw new IllegalArgumentException(problem);
    }
  }
}
