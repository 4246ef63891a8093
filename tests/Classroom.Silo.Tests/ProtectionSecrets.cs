using System.Text;
using System.Xml.Linq;
using Classroom.Storage;

namespace Classroom.Silo.Tests;

/// <summary>The keys of cookies and tickets as whoever has the master key reads them.</summary>
internal static class ProtectionSecrets
{
    /// <param name="keys">XML of the table.</param>
    /// <returns>What is sealed, and the secret in it, both in base64 as XML writes them.</returns>
    public static IReadOnlyList<(string Sealed, string Secret)> Of(IEnumerable<string> keys, string keysFolder)
    {
        var master = MasterKey.FromFile(Path.Combine(keysFolder, "master.key"), create: false);
        return [.. keys.Select(XElement.Parse).Where(k => k.Name.LocalName == "key").Select(key =>
        {
            var closed = key.Descendants("sealed").Single().Value;
            var open = master.Open("data protection", Convert.FromBase64String(closed), "data protection").ShouldNotBeNull();
            var secret = XElement.Parse(Encoding.UTF8.GetString(open)).DescendantsAndSelf().Single(e => e.Name.LocalName == "value").Value;
            Convert.FromBase64String(secret).Length.ShouldBeGreaterThanOrEqualTo(32);
            return (closed, secret);
        })];
    }
}
