using YamlDotNet.Core;
using Mark = YamlDotNet.Core.Mark;
using YamlDotNet.Core.Events;

namespace Classroom.Kits.Yaml;

/// <summary>Why a text could not become a tree.</summary>
internal sealed class YamlRefusal(string code, Position at, string message) : Exception(message)
{
    public string Code { get; } = code;

    public Position At { get; } = at;
}

/// <summary>
/// Builds the tree from the parser's events, so that anchors and aliases are refused before anything is expanded
/// and depth is bounded before anything recurses.
/// </summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 24;
    private readonly Parser _parser;

    private YamlTree(TextReader text) => _parser = new Parser(text);

    /// <returns>The root, or null when the text holds no document.</returns>
    /// <exception cref="YamlRefusal">The text is not YAML, or not the YAML of a kit.</exception>
    public static YamlNode? Read(string text)
    {
        using var reader = new StringReader(text);
        var tree = new YamlTree(reader);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException e)
        {
            throw new YamlRefusal(KitErrorCodes.Syntax, Place(e.Start), "the file is not valid YAML: " + e.Message);
        }
        catch (Exception e) when (e is not YamlRefusal)
        {
            // On some broken texts YamlDotNet's scanner throws bare exceptions (InvalidOperationException and others); HostileTextTests found them.
            var last = tree._parser.Current?.End ?? Mark.Empty;
            throw new YamlRefusal(KitErrorCodes.Syntax, Place(last), "the file is not valid YAML soon after this place");
        }
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            throw new YamlRefusal(KitErrorCodes.SeveralDocuments, Place(second.Start), "one file holds one kit: remove the line `---`");
        }

        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        if (!_parser.Accept<ParsingEvent>(out var next))
        {
            throw new YamlException("unexpected end of file");
        }

        if (depth > MaxDepth)
        {
            throw new YamlRefusal(KitErrorCodes.TooDeep, Place(next.Start), $"nested deeper than {MaxDepth} levels");
        }

        if (next is AnchorAlias || next is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new YamlRefusal(KitErrorCodes.Alias, Place(next.Start), "anchors (&name) and aliases (*name) are not allowed: write the text out");
        }

        if (next is NodeEvent { Tag: { IsEmpty: false } tag } && !tag.IsNonSpecific)
        {
            throw new YamlRefusal(KitErrorCodes.Tag, Place(next.Start), "YAML tags (!name) are not allowed");
        }

        return next switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadList(depth),
            MappingStart => ReadMap(depth),
            _ => throw new YamlException(next.Start, next.End, "unexpected " + next.GetType().Name),
        };
    }

    private YamlScalar ReadScalar()
    {
        var scalar = _parser.Consume<Scalar>();
        return new YamlScalar(Place(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain, scalar.Style == ScalarStyle.Literal);
    }

    private YamlList ReadList(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new YamlList(Place(start.Start), items);
    }

    private YamlMap ReadMap(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(depth + 1) is not YamlScalar key)
            {
                throw new YamlRefusal(KitErrorCodes.Syntax, Place(start.Start), "a field's name must be a plain word");
            }

            entries.Add(new YamlEntry(key.Value, key.At, ReadNode(depth + 1)));
        }

        return new YamlMap(Place(start.Start), entries);
    }

    private static Position Place(Mark mark) => new((int)mark.Line, (int)mark.Column);
}
