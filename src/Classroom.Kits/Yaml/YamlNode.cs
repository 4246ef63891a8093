namespace Classroom.Kits.Yaml;

/// <summary>A place in the file; both from 1.</summary>
internal readonly record struct Position(int Line, int Column);

/// <summary>A YAML tree that remembers where each part stands. No anchors, aliases or tags: see <see cref="YamlTree"/>.</summary>
internal abstract record YamlNode(Position At);

internal sealed record YamlScalar(Position At, string Value, bool Plain, bool Literal) : YamlNode(At)
{
    public bool IsNull => Plain && Value is ("" or "~" or "null");
}

internal sealed record YamlList(Position At, IReadOnlyList<YamlNode> Items) : YamlNode(At);

internal sealed record YamlMap(Position At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At);

internal sealed record YamlEntry(string Key, Position At, YamlNode Value);
