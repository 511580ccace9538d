using RepoPulse.Configuration.Schema;

namespace RepoPulse.Configuration.Reading;

/// <summary>What a given key is of a setting: its value, one item of its list, or the file that it is in.</summary>
/// <param name="Index">The item's place in the list; null for the whole value.</param>
/// <param name="IsFile">Whether the key is the secret's <see cref="Setting.FileTwin"/>.</param>
internal readonly record struct KeyMatch(Setting Setting, int? Index, bool IsFile);
