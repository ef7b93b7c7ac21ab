package ai.okchat.operator.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSession;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** SSH sessions whose commands return at most as much as the budget allows. */
final class LimitedSshSessions extends SshSessionFactory {

  private static final int MOST_OF_ERRORS = 64 * 1024;

  private final GitSshSessions sessions;
  private final GitBudget budget;

  LimitedSshSessions(GitSshSessions sessions, GitBudget budget) {
    this.sessions = sessions;
    this.budget = budget;
  }

  @Override
  public RemoteSession getSession(
      URIish uri, @Nullable CredentialsProvider provider, FS fs, int timeout)
      throws TransportException {
    return new LimitedSession(sessions.getSession(uri, provider, fs, timeout));
  }

  @Override
  public String getType() {
    return sessions.getType();
  }

  @Override
  public void releaseSession(RemoteSession session) {
    session.disconnect();
  }

  private final class LimitedSession implements RemoteSession2 {

    private final SshdSession session;

    LimitedSession(SshdSession session) {
      this.session = session;
    }

    @Override
    public Process exec(String command, int timeout) throws IOException {
      return new LimitedProcess(session.exec(command, timeout));
    }

    @Override
    public Process exec(String command, Map<String, String> environment, int timeout)
        throws IOException {
      return new LimitedProcess(session.exec(command, environment, timeout));
    }

    @Override
    public void disconnect() {
      session.disconnect();
    }
  }

  private final class LimitedProcess extends Process {

    private final Process process;
    private final InputStream responses;
    private final InputStream errors;

    LimitedProcess(Process process) throws IOException {
      this.process = process;
      this.responses =
          budget.limited(process.getInputStream(), GitBudget.Lines.PACKETS, Long.MAX_VALUE);
      // Another thread of JGit reads the errors into memory.
      this.errors =
          new GitBudget(GitLimits.DEFAULT)
              .limited(process.getErrorStream(), GitBudget.Lines.NONE, MOST_OF_ERRORS);
    }

    @Override
    public OutputStream getOutputStream() {
      return process.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return responses;
    }

    @Override
    public InputStream getErrorStream() {
      return errors;
    }

    @Override
    public int waitFor() throws InterruptedException {
      return process.waitFor();
    }

    @Override
    public int exitValue() {
      return process.exitValue();
    }

    @Override
    public void destroy() {
      process.destroy();
    }
  }
}
