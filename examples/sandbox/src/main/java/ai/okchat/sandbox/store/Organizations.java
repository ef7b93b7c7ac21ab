package ai.okchat.sandbox.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores organizations by name, with IDs that stay the same after a restart. */
public final class Organizations {
  private final Database database;

  public Organizations(Database database) {
    this.database = database;
  }

  public Organization findOrCreate(String name) {
    return database.write(
        handle -> {
          handle.execute(
              "INSERT INTO organizations (id, name) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
              UUID.randomUUID().toString(),
              name);
          return handle
              .createQuery("SELECT id, name FROM organizations WHERE name = ?")
              .bind(0, name)
              .map((row, _) -> new Organization(row.getString("id"), row.getString("name")))
              .one();
        });
  }

  public Optional<Organization> named(String name) {
    return all().stream().filter(organization -> organization.name().equals(name)).findFirst();
  }

  public List<Organization> all() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT id, name FROM organizations ORDER BY name")
                .map((row, _) -> new Organization(row.getString("id"), row.getString("name")))
                .list());
  }
}
