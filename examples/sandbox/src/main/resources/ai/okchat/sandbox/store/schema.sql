CREATE TABLE IF NOT EXISTS organizations (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

-- The bot in its full form, as JSON, and columns for the fields of queries. The slug is unique
-- across all organizations, since it is the address of a public bot.
CREATE TABLE IF NOT EXISTS chatbots (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  slug TEXT NOT NULL UNIQUE,
  visible_from INTEGER NOT NULL,
  chatbot TEXT NOT NULL,
  chat_widget_config TEXT
);
CREATE INDEX IF NOT EXISTS chatbots_of_organization ON chatbots (organization_id);

CREATE TABLE IF NOT EXISTS avatars (
  path TEXT PRIMARY KEY,
  chatbot_id TEXT NOT NULL REFERENCES chatbots (id) ON DELETE CASCADE,
  media_type TEXT NOT NULL,
  content BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS avatars_of_chatbot ON avatars (chatbot_id);

-- Times in milliseconds since 1970; listed_from and ready_from may be in the future.
CREATE TABLE IF NOT EXISTS documents (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  chatbot_id TEXT NOT NULL REFERENCES chatbots (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  file_type TEXT NOT NULL,
  created_at TEXT NOT NULL,
  listed_from INTEGER NOT NULL,
  ready_from INTEGER NOT NULL,
  content BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_of_chatbot ON documents (chatbot_id);

CREATE TABLE IF NOT EXISTS sessions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  chatbot_id TEXT NOT NULL REFERENCES chatbots (id) ON DELETE CASCADE,
  caller_token TEXT,
  platform TEXT NOT NULL,
  state TEXT NOT NULL,
  session TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS sessions_of_caller ON sessions (chatbot_id, platform, caller_token);

CREATE TABLE IF NOT EXISTS messages (
  seq INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  message TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_of_session ON messages (session_id);

-- The extracted text of a document that is not text, in UTF-8, or its problem.
CREATE TABLE IF NOT EXISTS readings (
  document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
  text BLOB,
  problem TEXT
);
