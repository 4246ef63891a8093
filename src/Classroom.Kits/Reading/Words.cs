namespace Classroom.Kits.Reading;

/// <summary>The words a kit file has for the members of an enum: their names in small letters, joined by hyphens (<c>word-cloud</c>).</summary>
internal static class Words
{
    public static readonly IReadOnlyList<Language> Languages = Enum.GetValues<Language>();

    /// <summary>Stands where a text could not be read. A kit that has one also has an error, so nobody sees it.</summary>
    public static readonly Trilingual NoText = Trilingual.Same("");

    public static string Of<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => (i > 0 && char.IsUpper(c) ? "-" : "") + char.ToLowerInvariant(c)));

    /// <summary>A name that somebody else gave, as it can stand in a message.</summary>
    public static string Shown(string name) => string.Concat(name.Take(100).Select(c => char.IsControl(c) ? '?' : c));

    public static IReadOnlyDictionary<string, T> All<T>()
        where T : struct, Enum => Table<T>.Words;

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly OrderedDictionary<string, T> Words = new(Enum.GetValues<T>().Select(v => KeyValuePair.Create(Of(v), v)), StringComparer.Ordinal);
    }
}
