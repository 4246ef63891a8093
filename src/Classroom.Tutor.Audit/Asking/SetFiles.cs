using System.Security.Cryptography;

namespace Classroom.Tutor.Audit;

/// <summary>The files of <c>Sets/</c>, as they stand in the assembly.</summary>
public static class SetFiles
{
    private const string Prefix = "sets/";

    /// <param name="name">Such as <c>names/kk.txt</c>.</param>
    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(Bytes(name)).TrimStart('\ufeff');

    /// <summary>Lines that say something: neither empty nor a heading.</summary>
    public static IEnumerable<string> Lines(string name) => AllLines(name).Where(l => l.Length > 0 && l[0] != '#');

    public static IEnumerable<string> AllLines(string name) => Text(name).Split('\n').Select(l => l.TrimEnd('\r'));

    public static IEnumerable<string[]> Rows(string name) => Lines(name).Select(l => l.Split('\t'));

    /// <summary>Names below a folder or with a beginning, in order.</summary>
    public static IEnumerable<string> Names(string beginning) => typeof(SetFiles).Assembly.GetManifestResourceNames()
        .Select(n => n.Replace('\\', '/')).Where(n => n.StartsWith(Prefix + beginning, StringComparison.Ordinal)).Select(n => n[Prefix.Length..]).Order(StringComparer.Ordinal);

    /// <summary>By which an outsider sees that a set is the one that was asked.</summary>
    public static string Sha256(string name) => Convert.ToHexStringLower(SHA256.HashData(Bytes(name)));

    private static byte[] Bytes(string name)
    {
        using var stream = typeof(SetFiles).Assembly.GetManifestResourceStream(Prefix + name) ?? throw new FileNotFoundException(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
