package ai.okchat.sandbox.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * One SQLite file. SQLite allows one writer at a time, so there is one write connection: writers
 * wait in a queue instead of failing with "database is locked", and readers do not wait for them.
 */
public final class Database implements AutoCloseable {
  private static final int READERS = 4;
  private static final int SCHEMA_VERSION = 1;

  private final HikariDataSource writes;
  private final HikariDataSource reads;
  private final Jdbi writer;
  private final Jdbi reader;

  private Database(HikariDataSource writes, HikariDataSource reads) {
    this.writes = writes;
    this.reads = reads;
    this.writer = Jdbi.create(writes);
    this.reader = Jdbi.create(reads);
  }

  /** Opens the file, and creates it if it does not exist. */
  public static Database open(Path file) {
    var writes = pool(file, 1);
    try {
      prepare(Jdbi.create(writes), file);
      return new Database(writes, pool(file, READERS));
    } catch (RuntimeException e) {
      writes.close();
      throw e;
    }
  }

  /** Runs the work in a write transaction, of which only one runs at a time. */
  <T> T write(Function<Handle, T> work) {
    return writer.inTransaction(work::apply);
  }

  void change(Consumer<Handle> work) {
    writer.useTransaction(work::accept);
  }

  <T> T read(Function<Handle, T> work) {
    return reader.withHandle(work::apply);
  }

  /** Deletes every bot with all its data. Organizations stay. */
  public void clear() {
    change(handle -> handle.execute("DELETE FROM chatbots"));
  }

  @Override
  public void close() {
    reads.close();
    writes.close();
  }

  private static HikariDataSource pool(Path file, int size) {
    var sqlite = new SQLiteConfig();
    sqlite.setJournalMode(JournalMode.WAL);
    sqlite.setSynchronous(SynchronousMode.NORMAL);
    sqlite.setTransactionMode(TransactionMode.IMMEDIATE);
    sqlite.enforceForeignKeys(true);
    sqlite.setBusyTimeout(10_000);
    var source = new SQLiteDataSource(sqlite);
    source.setUrl("jdbc:sqlite:" + file);
    var pool = new HikariConfig();
    pool.setDataSource(source);
    pool.setMaximumPoolSize(size);
    pool.setPoolName("sandbox-" + size);
    return new HikariDataSource(pool);
  }

  private static void prepare(Jdbi writer, Path file) {
    writer.useTransaction(
        handle -> {
          var version = handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one();
          if (version > SCHEMA_VERSION) {
            throw new IllegalStateException(
                file + " was written by a newer sandbox: use that, or another --data");
          }
          handle.createScript(schema()).execute();
          handle.execute("PRAGMA user_version = " + SCHEMA_VERSION);
        });
  }

  private static String schema() {
    try (var sql = Database.class.getResourceAsStream("schema.sql")) {
      if (sql == null) {
        throw new IllegalStateException("schema.sql is not in the jar");
      }
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
