using System.Globalization;

namespace Classroom.Tutor.Audit;

/// <param name="Sets">Only these; null: all.</param>
/// <param name="Folder">Where the dossier goes; its zip beside it.</param>
public sealed record AuditOrder(
    ModelOptions? Model, Kits.IKits Kits, AuditOptions Options, IReadOnlyList<AllowedPlace> Allowed, IReadOnlyCollection<string>? Sets, string Folder);

/// <summary>An audit from the command line, and the look at a dossier.</summary>
public static class AuditCommand
{
    /// <returns>The exit code: 0 every check that was asked holds, 1 not every one, 2 it could not be done.</returns>
    public static async Task<int> RunAsync(AuditOrder order, DossierSigner signer, TextWriter log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(log);
        if (order.Sets?.Except(AuditRun.Sets).ToList() is { Count: > 0 } unknown)
        {
            await log.WriteLineAsync($"There is no set {string.Join(", ", unknown)}. There are {string.Join(", ", AuditRun.Sets)}.");
            return 2;
        }

        // Before anything is asked: what was paid for must not be lost for want of a folder.
        DossierFiles.TryFolder(order.Folder);
        var estimate = AuditRun.Estimate(order.Model is { IsConfigured: true });
        await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"About {estimate.Calls} calls and {estimate.Tokens} tokens for all sets."));
        var (time, shown) = (TimeProvider.System, "");
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        using var egress = new EgressWatch(order.Allowed);
        var cases = await new AuditRun(order.Model, order.Kits, new NoBudget(), order.Options, time, egress).RunAsync(order.Sets, Say, cancellationToken);
        var dossier = Dossier.Of(cases, order.Model, isEgressWatched: true, at, time.GetElapsedTime(began), signer.Fingerprint);
        await DossierFiles.WriteAsync(DossierFiles.Of(dossier, signer), order.Folder, cancellationToken);
        foreach (var check in dossier.Checks)
        {
            await log.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{(check.Holds switch { true => "holds", false => "DOES NOT HOLD", null => "not asked" }),-14}{check.Id,-20}{check.Figure,10:0.####}  limit {check.Limit:0.####}  of {check.Asked}"));
        }

        await log.WriteLineAsync($"{Path.GetFullPath(order.Folder)}\nSigned by {signer.Fingerprint}");
        return dossier.Checks.All(c => c.Holds != false) ? 0 : 1;

        // Several cases end at once.
        void Say(AuditProgress progress)
        {
            lock (signer)
            {
                var now = progress.Done % 50 == 0 || progress.Done == progress.Total ? $"{progress.Set} {progress.Done} of {progress.Total}" : shown;
                if (now != shown)
                {
                    log.WriteLine(shown = now);
                }
            }
        }
    }

    /// <summary>Says what is wrong with a dossier.</summary>
    /// <returns>The exit code: 0 nothing, 1 something, 2 it cannot be read, 3 nothing as far as this version of the program can compare.</returns>
    public static async Task<int> VerifyAsync(string path, string? fingerprint, TextWriter log)
    {
        ArgumentNullException.ThrowIfNull(log);
        DossierCheck found;
        try
        {
            found = DossierCheck.Of(DossierFiles.Read(path), fingerprint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await log.WriteLineAsync($"It cannot be read: {e.Message}");
            return 2;
        }

        foreach (var line in found.Findings.Select(f => "wrong: " + f).Concat(found.NotCompared.Select(n => "not compared: " + n)))
        {
            await log.WriteLineAsync(line);
        }

        if (found.Fingerprint is { } by)
        {
            await log.WriteLineAsync($"Signed by {by}{(fingerprint is null ? ". Compare it with what the operator's page shows: anybody can sign." : "")}");
        }

        await log.WriteLineAsync(found.IsSound
            ? $"{(found.NotCompared.IsEmpty ? "sound" : "sound, as far as it was compared")}: {found.Dossier!.Cases.Length} cases, {found.Dossier.Checks.Count(c => c.Holds == true)} checks hold, {found.Dossier.Checks.Count(c => c.Holds == false)} do not, {found.Dossier.Checks.Count(c => c.Holds is null)} were not asked"
            : "NOT SOUND");
        return !found.IsSound ? 1 : found.NotCompared.IsEmpty ? 0 : 3;
    }
}
