package org.lesbillets.server.config;

import java.util.List;

/**
 * A setting that the environment or the file gives. Immutable.
 *
 * @param source the variable, or the file and the line
 * @param texts as they were written, paths being absolute; one, unless the option is repeatable
 * @param value of the option
 */
public record GivenSetting(
    ServerSetting setting, SettingSource source, List<String> texts, Object value) {}
