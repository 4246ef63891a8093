using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Classroom.Tutor.Audit;

/// <summary>
/// What an outsider asks of a dossier: whether its files are the signed ones, and whether its figures follow from its cases. Whoever signs anew with another
/// key passes all of this but the fingerprint, which must come by another way.
/// </summary>
/// <param name="Findings">What is wrong, in words; empty: nothing is.</param>
/// <param name="NotCompared">What this version of the program cannot compare, in words: no fault by itself.</param>
/// <param name="Fingerprint">Of the key that signed it; null: the signature does not hold.</param>
public sealed record DossierCheck(ImmutableArray<string> Findings, ImmutableArray<string> NotCompared, string? Fingerprint, Dossier? Dossier)
{
    // No case has more: an explanation of many sentences, a work with many quotes.
    private const int MostVerdicts = 100;

    public bool IsSound => Findings.IsEmpty;

    /// <param name="fingerprint">That it must be signed by; null: any.</param>
    public static DossierCheck Of(ImmutableSortedDictionary<string, byte[]> files, string? fingerprint)
    {
        ArgumentNullException.ThrowIfNull(files);
        var (findings, notCompared) = (new List<string>(), new List<string>());
        var (signed, dossier) = (default(string), default(Dossier));
        try
        {
            signed = Signature(files, fingerprint, findings);
            Hashes(files, findings);
            dossier = Read(files, findings);
            if (dossier is not null)
            {
                Recount(dossier, signed, findings);
                Asked(dossier, findings, notCompared);
                Pages(files, dossier, findings, notCompared);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a stranger's file does to what reads it (a null in a list, a name that is none) is a finding.
            findings.Add($"It is no dossier that this program wrote: {e.Message}");
        }

        return new DossierCheck([.. findings], [.. notCompared], signed, dossier);
    }

    private static string? Signature(ImmutableSortedDictionary<string, byte[]> files, string? wanted, List<string> findings)
    {
        var missing = new[] { DossierFiles.ManifestName, DossierFiles.Signature, DossierFiles.PublicKey }.Where(n => !files.ContainsKey(n)).ToList();
        if (missing.Count > 0)
        {
            findings.Add($"It is not signed: {string.Join(", ", missing)} is missing.");
            return null;
        }

        string? signed;
        try
        {
            signed = DossierSigner.Verify(Encoding.UTF8.GetString(files[DossierFiles.PublicKey]), files[DossierFiles.ManifestName], files[DossierFiles.Signature]);
        }
        catch (CryptographicException e)
        {
            findings.Add($"{DossierFiles.PublicKey} cannot be used: {e.Message}");
            return null;
        }

        if (signed is null)
        {
            findings.Add($"The signature does not hold: {DossierFiles.ManifestName}, {DossierFiles.Signature} or {DossierFiles.PublicKey} was changed.");
        }
        else if (wanted is not null && Bare(wanted) != Bare(signed))
        {
            findings.Add($"It is signed by another key: {signed}.");
        }

        return signed;
    }

    private static void Hashes(ImmutableSortedDictionary<string, byte[]> files, List<string> findings)
    {
        if (!files.TryGetValue(DossierFiles.ManifestName, out var bytes) || Parsed<Manifest>(bytes, DossierFiles.ManifestName, findings) is not { } manifest)
        {
            return;
        }

        if (manifest.Format != Manifest.FormatNow)
        {
            findings.Add($"{DossierFiles.ManifestName} has the format \"{manifest.Format}\", which this program does not know.");
            return;
        }

        foreach (var listed in manifest.Files)
        {
            findings.AddRange(!files.TryGetValue(listed.Name, out var file) ? [$"{listed.Name} is missing."]
                : !string.Equals(Convert.ToHexString(SHA256.HashData(file)), listed.Sha256, StringComparison.OrdinalIgnoreCase) ? [$"{listed.Name} was changed: its hash is not the signed one."] : []);
        }

        findings.AddRange(files.Keys.Except([.. manifest.Files.Select(f => f.Name), DossierFiles.ManifestName, DossierFiles.Signature, DossierFiles.PublicKey])
            .Select(extra => $"{extra} is not in the manifest: nobody signed it."));
        findings.AddRange(Expected.Except(manifest.Files.Select(f => f.Name)).Select(n => $"The manifest does not list {n}."));
    }

    private static IEnumerable<string> Expected => [DossierFiles.Json, .. Enum.GetValues<Language>().Select(DossierHtml.NameOf)];

    private static Dossier? Read(ImmutableSortedDictionary<string, byte[]> files, List<string> findings)
    {
        if (!files.TryGetValue(DossierFiles.Json, out var json))
        {
            return null;
        }

        try
        {
            var dossier = Dossier.FromJson(json);
            if (dossier.Format == Dossier.FormatNow)
            {
                return dossier;
            }

            findings.Add($"{DossierFiles.Json} has the format \"{dossier.Format}\", which this program does not know: its figures were not counted again.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            findings.Add($"{DossierFiles.Json} cannot be read: {e.Message}");
        }

        return null;
    }

    private static void Recount(Dossier dossier, string? signed, List<string> findings)
    {
        if (signed is not null && Bare(dossier.Fingerprint) != Bare(signed))
        {
            findings.Add($"{DossierFiles.Json} names the key {dossier.Fingerprint}, and is signed by {signed}.");
        }

        foreach (var set in dossier.Sets)
        {
            findings.AddRange(dossier.Cases.Count(c => c.Set == set.Name) is var n && n != set.Cases ? [$"Of the set {set.Name} {set.Cases} cases were asked, and {n} are there."] : []);
        }

        findings.AddRange(dossier.Cases.Select(c => c.Set).Distinct().Except(dossier.Sets.Select(s => s.Name)).Select(s => $"There are cases of a set {s} that was not asked."));
        findings.AddRange(dossier.Cases.Where(c => c.Tallies.Values.Any(t => t is not { Held: >= 0 and <= MostVerdicts, Failed: >= 0 and <= MostVerdicts })).Take(5).Select(c => $"The case {c.Id} has verdicts that no case has."));
        var rules = CheckRule.All.ToDictionary(r => r.Id);
        findings.AddRange(dossier.Cases.Where(c => c.Tallies.Keys.Concat(c.Measures.Keys).Any(id => !rules.TryGetValue(id, out var rule) || !rule.Sets.Contains(c.Set)))
            .Take(5).Select(c => $"The case {c.Id} of the set {c.Set} speaks of a check that is none of its set."));
        findings.AddRange(dossier.Models.Where(m => m.Answered != dossier.Cases.Count(c => c.By == $"{m.Host}/{m.Model}")).Select(m => $"{m.Model} did not answer {m.Answered} times."));
        findings.AddRange(dossier.IsEgressWatched != dossier.Cases.Any(c => c.Kind == EgressWatch.Watched) ? ["Whether connections were observed does not follow from the cases."] : []);
        findings.AddRange(dossier.Cases.GroupBy(c => c.Id).Where(g => g.Count() > 1).Take(5).Select(g => $"The case {g.Key} is there {g.Count()} times."));
        findings.AddRange(Differences(dossier.Checks, Figures.Of(dossier.Cases), c => c.Id, "The figure of the check"));
        findings.AddRange(Differences(dossier.Groups, Figures.Groups(dossier.Cases), g => $"{g.Check} by {g.By} {g.Value}", "The figure of"));
        findings.AddRange(dossier.Requests != dossier.Cases.Sum(c => c.Requests) || dossier.Tokens != dossier.Cases.Sum(c => (long)c.Tokens)
            ? ["The requests or tokens of all cases are not those that are named."] : []);
    }

    // Whoever signs could leave out what failed, or put easier texts in its place.
    private static void Asked(Dossier dossier, List<string> findings, List<string> notCompared)
    {
        foreach (var set in dossier.Sets)
        {
            var own = SetTexts.FilesOf(set.Name);
            if (!own.SequenceEqual(set.Files))
            {
                notCompared.Add($"The set {set.Name} is not the one that this program has: whether its cases are whole was not looked at.");
            }
            else if (SetTexts.Of(set.Name) is { } texts)
            {
                var there = dossier.Cases.Where(c => c.Set == set.Name).DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => c.Text);
                findings.AddRange(texts.Keys.Union(there.Keys).Where(id => !texts.TryGetValue(id, out var text) || !there.TryGetValue(id, out var told) || text != told)
                    .Take(5).Select(id => $"The case {id} is not that of the set {set.Name}."));
            }
        }
    }

    private static IEnumerable<string> Differences<T>(IEnumerable<T> named, IEnumerable<T> counted, Func<T, string> id, string what)
        where T : notnull
    {
        var (before, after) = (named.GroupBy(id).ToDictionary(g => g.Key, g => g.First()), counted.ToDictionary(id));
        return before.Keys.Union(after.Keys).Where(k => !(before.TryGetValue(k, out var one) && after.TryGetValue(k, out var other) && one.Equals(other)))
            .Select(k => $"{what} {k} does not follow from the cases.");
    }

    // Another version of the program may word a page differently; its hash is signed all the same.
    private static void Pages(ImmutableSortedDictionary<string, byte[]> files, Dossier dossier, List<string> findings, List<string> notCompared)
    {
        if (dossier.Version != Dossier.ProductVersion)
        {
            notCompared.Add($"The pages were written by the version {dossier.Version}, and this is {Dossier.ProductVersion}: whether they say what {DossierFiles.Json} says was not looked at.");
            return;
        }

        foreach (var language in Enum.GetValues<Language>())
        {
            var name = DossierHtml.NameOf(language);
            findings.AddRange(files.TryGetValue(name, out var page) && !page.AsSpan().SequenceEqual(DossierHtml.Of(dossier, language)) ? [$"{name} does not say what {DossierFiles.Json} says."] : []);
        }
    }

    private static T? Parsed<T>(byte[] json, string name, List<string> findings)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Manifest.Options) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            findings.Add($"{name} cannot be read: {e.Message}");
            return null;
        }
    }

    private static string Bare(string fingerprint) => string.Concat(fingerprint.Where(char.IsAsciiHexDigit)).ToUpperInvariant();
}
