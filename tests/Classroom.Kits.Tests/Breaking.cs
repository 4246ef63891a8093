using System.Text;

namespace Classroom.Kits.Tests;

/// <summary>Changes the first occurrence of a text in the sample, so that an error has one known place.</summary>
internal sealed record Breaking(string Yaml)
{
    public static Breaking TheSample => new(Sample.Yaml);

    public Breaking Replace(string old, string with)
    {
        var at = Yaml.IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"the sample has no \"{old}\"");
        return new Breaking(string.Concat(Yaml.AsSpan(0, at), with, Yaml.AsSpan(at + old.Length)));
    }

    /// <summary>Removes everything from the line of <paramref name="from"/> up to the line of <paramref name="to"/>.</summary>
    public Breaking Remove(string from, string? to = null)
    {
        var start = Yaml.IndexOf(from, StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0);
        var end = to is null ? Yaml.Length : Yaml.IndexOf(to, start, StringComparison.Ordinal);
        end.ShouldBeGreaterThan(start);
        return new Breaking(Yaml.Remove(start, end - start));
    }

    public IReadOnlyList<KitError> Errors => KitLoader.Parse(Yaml, Sample.File).Errors;

    /// <summary>Exactly one error, at the line that begins with <paramref name="line"/> (found after <paramref name="after"/>).</summary>
    public KitError ShouldFail(string code, string field, string line, string? after = null)
    {
        var start = after is null ? 0 : Yaml.IndexOf(after, StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0);
        var at = Yaml.IndexOf(line, start, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"no line with \"{line}\"");
        var expected = new StringBuilder().Append(Yaml.AsSpan(0, at)).ToString().Count(c => c == '\n') + 1;

        var error = Errors.ShouldHaveSingleItem();
        (error.Code, error.Field, error.Line, error.File).ShouldBe((code, field, expected, Sample.File));
        error.Column.ShouldBeGreaterThan(0);
        error.Message.ShouldNotBeNullOrWhiteSpace();
        return error;
    }
}
