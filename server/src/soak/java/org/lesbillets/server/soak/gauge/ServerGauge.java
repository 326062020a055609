package org.lesbillets.server.soak.gauge;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Reads memory, threads and descriptors of another virtual machine of this user over its local
 * management agent, which it starts; what that agent uses itself is in the heap and the
 * descriptors. One thread.
 */
public final class ServerGauge implements AutoCloseable {
  private final long pid;
  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final ThreadMXBean threads;
  private final MBeanServerConnection connection;

  /**
   * What a server uses.
   *
   * @param heapBytes after a collection
   * @param directBytes in direct buffers
   * @param threads but for those of the management agent
   */
  public record Reading(long heapBytes, long directBytes, int threads, int descriptors) {}

  public ServerGauge(long pid) throws IOException {
    this.pid = pid;
    connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(pid)));
    connection = connector.getMBeanServerConnection();
    memory = ManagementFactory.getPlatformMXBean(connection, MemoryMXBean.class);
    threads = ManagementFactory.getPlatformMXBean(connection, ThreadMXBean.class);
  }

  private static String agent(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("process " + pid + " cannot be measured", e);
    }
  }

  /** Collects garbage there, and reads. */
  public Reading read() throws IOException {
    memory.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(connection, BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    ThreadInfo[] infos = threads.getThreadInfo(threads.getAllThreadIds());
    long own =
        Arrays.stream(infos)
            .filter(Objects::nonNull)
            .filter(info -> !info.getThreadName().matches("(RMI|JMX) .*"))
            .count();
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return new Reading(
          memory.getHeapMemoryUsage().getUsed(), direct, (int) own, (int) open.count());
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
