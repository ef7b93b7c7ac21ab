package ai.okchat.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.VarArgFunction;
import org.luaj.vm2.lib.jse.JseOsLib;

/**
 * Runs a script as Argo CD 3.5.7 does if {@code useOpenLibs} is off: Lua 5.1 with the libraries
 * base, package and table. {@code os} is no global: {@code require("os")} returns its {@code time}
 * and {@code date}. There is no string, no math and no io. The object is the global {@code obj}.
 */
final class ArgoLua {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ArgoLua() {}

  /** Returns a module when a script requires it. */
  private static final class Loader extends VarArgFunction {

    private final LuaTable module;

    Loader(LuaTable module) {
      this.module = module;
    }

    @Override
    public Varargs invoke(Varargs arguments) {
      return module;
    }
  }

  /** Returns the result of the script for this object. */
  static JsonNode run(String script, JsonNode object) {
    var globals = withoutWhatIsNewer(libraries());
    globals.set("obj", toLua(object));
    return toJson(globals.load(script, "script").call());
  }

  private static Globals libraries() {
    var globals = new Globals();
    globals.load(new BaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    globals.load(new JseOsLib());
    LoadState.install(globals);
    LuaC.install(globals);
    var os = globals.get("os");
    globals.set("os", LuaValue.NIL);
    var loaded = globals.get("package").get("loaded");
    loaded.set("os", LuaValue.NIL);
    var safe = new LuaTable();
    safe.set("time", os.get("time"));
    safe.set("date", os.get("date"));
    globals.get("package").get("preload").set("os", new Loader(safe));
    globals.set("actionParams", new LuaTable());
    return globals;
  }

  /**
   * Returns Lua without functions that Argo CD's Lua 5.1 does not have: this interpreter is of Lua
   * 5.2.
   */
  private static Globals withoutWhatIsNewer(Globals globals) {
    globals.set("rawlen", LuaValue.NIL);
    globals.get("table").set("pack", LuaValue.NIL);
    globals.get("table").set("unpack", LuaValue.NIL);
    return globals;
  }

  private static LuaValue toLua(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var table = new LuaTable();
        node.properties().forEach(field -> table.set(field.getKey(), toLua(field.getValue())));
        yield table;
      }
      case ARRAY -> {
        var table = new LuaTable();
        node.forEach(element -> table.set(table.length() + 1, toLua(element)));
        yield table;
      }
      case STRING -> LuaValue.valueOf(node.textValue());
      case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
      case NUMBER -> LuaValue.valueOf(node.doubleValue());
      default -> LuaValue.NIL;
    };
  }

  private static JsonNode toJson(LuaValue value) {
    if (value.istable()) {
      return toJson(value.checktable());
    }
    return switch (value.type()) {
      case LuaValue.TBOOLEAN -> JSON.booleanNode(value.toboolean());
      case LuaValue.TNUMBER -> JSON.numberNode(value.tolong());
      case LuaValue.TSTRING -> JSON.textNode(value.tojstring());
      default -> throw new IllegalArgumentException("No JSON: a " + value.typename());
    };
  }

  private static JsonNode toJson(LuaTable table) {
    if (table.length() > 0) {
      var array = JSON.arrayNode();
      for (var i = 1; i <= table.length(); i++) {
        array.add(toJson(table.get(i)));
      }
      return array;
    }
    var object = JSON.objectNode();
    for (Varargs next = table.next(LuaValue.NIL);
        !next.arg1().isnil();
        next = table.next(next.arg1())) {
      object.set(next.arg1().tojstring(), toJson(next.arg(2)));
    }
    return object;
  }
}
