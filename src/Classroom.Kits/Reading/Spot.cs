using System.Globalization;
using Classroom.Kits.Yaml;

namespace Classroom.Kits.Reading;

/// <summary>A node, its dotted path, and where an author would look for it: the line of its name, or of the list item.</summary>
internal sealed record Spot(YamlNode Node, string Path, Position At, ErrorSink Errors)
{
    public void Error(string code, string message) => Errors.Add(code, At, Path, message);

    public void ErrorAt(string field, string code, string message) => Errors.Add(code, At, Join(field), message);

    public string Join(string field) => Path.Length == 0 ? field : Path + "." + field;

    /// <summary>A text, trimmed; lines keep their order, each without trailing blanks.</summary>
    public string Text(int max)
    {
        if (Node is not YamlScalar scalar)
        {
            Error(KitErrorCodes.WrongType, "a text is expected here, not a list or a group of fields");
            return "";
        }

        var text = string.Join('\n', scalar.Value.Split('\n').Select(l => l.TrimEnd())).Trim();
        if (scalar.IsNull || text.Length == 0)
        {
            Error(KitErrorCodes.EmptyText, "the text is empty");
            return "";
        }

        if (text.Length > max)
        {
            Error(KitErrorCodes.TooLong, $"the text has {text.Length} characters; at most {max} fit here");
        }

        return text;
    }

    public bool IsNumber => TryNumber(out _);

    /// <returns>0, with an error, when it is no number; checks across fields then keep quiet (see <see cref="IsNumber"/>).</returns>
    public int Number(int min, int max)
    {
        if (!TryNumber(out var number))
        {
            Error(KitErrorCodes.WrongType, "a whole number is expected here");
            return 0;
        }

        if (number < min || number > max)
        {
            Error(KitErrorCodes.OutOfRange, $"{number} is outside {min} to {max}");
        }

        return number;
    }

    public bool Flag()
    {
        if (Node is YamlScalar { Plain: true, Value: "true" or "false" } scalar)
        {
            return scalar.Value == "true";
        }

        Error(KitErrorCodes.WrongType, "true or false is expected here");
        return false;
    }

    /// <returns>null, with an error, when the word is not one of the allowed.</returns>
    public T? Choice<T>()
        where T : struct, Enum
    {
        var allowed = Words.All<T>();
        if (Node is not YamlScalar scalar)
        {
            Error(KitErrorCodes.WrongType, "one word is expected here");
            return null;
        }

        if (allowed.TryGetValue(scalar.Value, out var value))
        {
            return value;
        }

        Error(KitErrorCodes.BadEnum, $"\"{scalar.Value}\" is not known here; allowed: {string.Join(", ", allowed.Keys)}");
        return null;
    }

    /// <summary>An id: lower-case Latin words joined by hyphens, new in <paramref name="seen"/>.</summary>
    public string Id(HashSet<string> seen)
    {
        var id = Text(Limits.Id);
        if (id.Length == 0)
        {
            return id;
        }

        if (!id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || id[0] == '-' || id[^1] == '-')
        {
            Error(KitErrorCodes.BadId, $"\"{id}\": an id is made of small Latin letters, digits and hyphens, such as leaf-in-water");
        }

        if (!seen.Add(id))
        {
            Error(KitErrorCodes.DuplicateId, $"the id \"{id}\" is used twice");
        }

        return id;
    }

    public List<T> Items<T>(int max, Func<Spot, T> read)
    {
        if (Node is not YamlList list)
        {
            Error(KitErrorCodes.WrongType, "a list is expected here: each item on its own line, beginning with a hyphen");
            return [];
        }

        if (list.Items.Count == 0)
        {
            Error(KitErrorCodes.EmptyList, "the list is empty: write at least one item, or leave the field out if it is optional");
        }

        if (list.Items.Count > max)
        {
            Error(KitErrorCodes.TooManyItems, $"{list.Items.Count} items; at most {max} are allowed");
        }

        return [.. list.Items.Select((item, i) => read(this with { Node = item, Path = $"{Path}[{i}]", At = item.At }))];
    }

    public Trilingual Trilingual(int max, TextKind kind = TextKind.Words) => TrilingualReader.Read(this, max, kind);

    private bool TryNumber(out int number)
    {
        number = 0;
        return Node is YamlScalar { Plain: true } scalar
            && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
