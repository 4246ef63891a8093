using Classroom.Silo.Hosting;

namespace Classroom.Silo.Cli;

/// <summary><c>certificate NAME ...</c>: makes the box's authority and certificate, or says what is there. The server does the same at its start, by <c>Ortaq:Certificate</c>.</summary>
public static class CertificateCommand
{
    public const string Name = "certificate";

    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(args);
        // What follows the names are settings of the server (--Data:Folder ...).
        var names = args.Skip(1).TakeWhile(a => !a.StartsWith('-')).ToArray();
        if (names.Length == 0 || !BoxCertificate.AreNames(string.Join(' ', names)) || !Usage.AreOptions(args.AsSpan(1 + names.Length)))
        {
            await Console.Error.WriteLineAsync(Usage.Text);
            return Usage.Wrong;
        }

        try
        {
            configuration["Ortaq:Certificate"] = string.Join(' ', names);
            using var box = HttpsSetup.Of(configuration, environment, new MachineAddresses(), StorageSetup.ClockOf(configuration, environment));
            var made = box.Ensure();
            await Console.Out.WriteLineAsync(
                $"""
                {made ?? "Nothing was made: both are there"}.
                authority:   {Path.Combine(box.Folder, BoxCertificate.AuthorityFile)}, until {box.AuthorityEnds:yyyy-MM-dd}
                fingerprint: {box.Fingerprint}
                certificate: until {box.Current!.NotAfter:yyyy-MM-dd}
                settings:    Ortaq__Certificate="{string.Join(' ', names)}"  Urls="http://0.0.0.0:80;https://0.0.0.0:443"
                """);
            return 0;
        }
        catch (SettingException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
