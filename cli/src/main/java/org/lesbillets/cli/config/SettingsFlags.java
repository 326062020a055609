package org.lesbillets.cli.config;

import java.time.Duration;

/** What was typed for this run alone; null where nothing was. */
public record SettingsFlags(String server, String context, Duration timeout) {}
