package org.lesbillets.server.journal.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EtcdAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "etcd://a | etcd://a:2379/billets",
        "etcd://a:1/ | etcd://a:1/billets",
        "etcd://a:1,b,10.0.0.1:3/desk | etcd://a:1,b:2379,10.0.0.1:3/desk",
        "etcds://[::1]:4/d.e-s_k | etcds://[::1]:4/d.e-s_k"
      })
  void isReadWithItsDefaults(String url, String whole) {
    assertEquals(whole, EtcdAddress.parse(url).toString());
    assertEquals(url.startsWith("etcds"), EtcdAddress.parse(url).tls());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "etcd:a | must begin with etcd:// or etcds://",
        "etcd:// | has '' where HOST or HOST:PORT must be",
        "etcd://a,,b | has '' where HOST",
        "etcd://user@a | has 'user@a' where HOST",
        "etcd://a:x | has 'a:x' where HOST",
        "etcd://a b | has 'a b' where HOST",
        "etcd://a/b/c | has a prefix that is not 1 to 64",
        "etcd://a/é | has a prefix that is not 1 to 64"
      })
  void isRefusedWithAReason(String url, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> EtcdAddress.parse(url)).getMessage();
    assertTrue(message.startsWith(reason), message);
  }
}
