package org.lesbillets.packaging;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A CycloneDX bill of materials as the plugin writes it, made to say what is so for everybody: of
 * where projects publish and discuss it has nothing, and its digests are those of the jars that a
 * distribution carries. One thread; bounded by the number of jars.
 */
final class BillOfMaterials {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final JsonObject bill;

  private BillOfMaterials(JsonObject bill) {
    this.bill = bill;
  }

  static BillOfMaterials read(Path file) throws IOException {
    return new BillOfMaterials(JSON.fromJson(Files.readString(file), JsonObject.class));
  }

  /**
   * Takes away what is not about the program.
   *
   * @param compiledHere the folder of the jars that are not those which others published
   */
  BillOfMaterials improved(Path compiledHere) throws IOException {
    JsonObject metadata = bill.getAsJsonObject("metadata");
    metadata.getAsJsonObject("component").remove("externalReferences");
    metadata.remove("tools");
    for (JsonElement each : bill.getAsJsonArray("components")) {
      JsonObject component = each.getAsJsonObject();
      component.remove("externalReferences");
      Path jar =
          compiledHere.resolve(text(component, "name") + "-" + text(component, "version") + ".jar");
      if (Files.exists(jar)) {
        component.add("hashes", digests(jar));
      }
    }
    return this;
  }

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.toJson(bill) + "\n");
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  private static JsonArray digests(Path jar) throws IOException {
    JsonObject digest = new JsonObject();
    digest.addProperty("alg", "SHA-256");
    digest.addProperty("content", sha256(jar));
    JsonArray digests = new JsonArray();
    digests.add(digest);
    return digests;
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
