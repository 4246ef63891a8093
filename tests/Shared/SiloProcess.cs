using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Classroom.Tests;

/// <summary>The real program in its own process, on a free port, with a folder or a Postgres of its own. Can be killed and started again.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    // A loaded machine starts several at once.
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-test").FullName;
    private readonly Dictionary<string, string?> _settings;
    private readonly StringBuilder _output = new();
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signIn = new(1);
    private Process? _process;
    private int _port;

    private SiloProcess(Dictionary<string, string?> settings) => _settings = settings;

    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>The database file when it runs on SQLite.</summary>
    public string SqliteFile => Path.Combine(_settings.GetValueOrDefault("Data__Folder") ?? _folder, "ortaq.db");

    /// <summary>Of the process that has ended.</summary>
    public int ExitCode => _process!.ExitCode;

    public int ProcessId => _process!.Id;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Environment variables of the next start; <c>Urls</c> are addresses beside its own.</summary>
    public IDictionary<string, string?> Settings => _settings;

    /// <summary>It found another database than it has written: it serves its pages and opens nothing.</summary>
    public bool IsHeld { get; private set; }

    public string TeachLink { get; private set; } = "";

    public string MentorLink { get; private set; } = "";

    /// <summary>The network namespace in which it runs; this machine's own unless given.</summary>
    private string? Within { get; init; }

    /// <summary>Where this silo keeps its data.</summary>
    public string Folder => _folder;

    /// <summary>Where its keys are. Silos on one database share them, as they must; TestPostgres takes that folder away.</summary>
    public string KeysFolder => System.Text.RegularExpressions.Regex.Match(_settings.GetValueOrDefault("ConnectionStrings__Postgres") ?? "", "(?<=Database=)t[0-9a-f]{32}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))
        is { Success: true } database ? Path.Combine(Path.GetTempPath(), "ortaq-keys-" + database.Value) : _folder + "-keys";

    /// <summary>
    /// Errors that it logged, each with the lines that follow it. That a health check fell due while it was about to stop is none, nor that one it
    /// starts beside had not yet answered its first ping: it asks again until it may join, and ends if it may not.
    /// </summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            var lines = Output.Split('\n');
            return [.. lines.Index()
                .Where(l => l.Item.StartsWith("fail:", StringComparison.Ordinal) && !IsNone(lines.ElementAtOrDefault(l.Index + 1) ?? ""))
                .Select(l => string.Join('\n', lines.Skip(l.Index).Take(6)))];

            static bool IsNone(string message) => message.EndsWith("with message 'The process is about to stop.'", StringComparison.Ordinal)
                || (message.Contains("Newly joining silos validate connectivity", StringComparison.Ordinal) && message.Contains("Will continue attempting", StringComparison.Ordinal));
        }
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Ends when it has printed this: what it logs comes on threads and pipes of its own.</summary>
    public async Task SaysAsync(string text)
    {
        for (var since = Stopwatch.StartNew(); !Output.Contains(text, StringComparison.Ordinal); await Task.Delay(50))
        {
            if (since.Elapsed > StartsWithin)
            {
                throw new TimeoutException($"It never said \"{text}\":\n{Output}");
            }
        }
    }

    /// <param name="postgres">A connection string, or null for SQLite.</param>
    /// <param name="settings">Further settings, as environment variables.</param>
    public static Task<SiloProcess> StartAsync(string? postgres = null, params (string Name, string? Value)[] settings) => StartWithinAsync(null, postgres, settings);

    /// <param name="within">A network namespace, or null for this machine's own.</param>
    public static async Task<SiloProcess> StartWithinAsync(string? within, string? postgres, params (string Name, string? Value)[] settings)
    {
        // Said twice: the last one.
        var silo = new SiloProcess(settings.GroupBy(s => s.Name, StringComparer.Ordinal).ToDictionary(s => s.Key, s => s.Last().Value)) { Within = within };
        silo._settings["ConnectionStrings__Postgres"] = postgres;
        for (var attempt = 1; ; attempt++)
        {
            silo._port = FreePort();
            silo._settings["Orleans__SiloPort"] = FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture);
            try
            {
                await silo.StartAgainAsync();
                break;
            }
            catch (InvalidOperationException e) when (attempt < 3 && e.Message.Contains("address already in use", StringComparison.Ordinal))
            {
                // Another suite's program was quicker.
            }
        }

        return silo;
    }

    /// <summary>Starts the program with settings that it must refuse, and waits for its end. It gets a port and a folder of its own.</summary>
    public static Task<(int Code, string Output, string Error)> RefusedAsync(params (string Name, string? Value)[] settings) => RefusedAsync([], settings);

    /// <summary>The same with words of a command.</summary>
    public static async Task<(int Code, string Output, string Error)> RefusedAsync(string[] words, params (string Name, string? Value)[] settings)
    {
        await using var silo = new SiloProcess(settings.ToDictionary(s => s.Name, s => s.Value));
        silo._port = FreePort();
        silo._settings.TryAdd("Orleans__SiloPort", FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture));
        silo._settings.TryAdd("Urls", silo.Url);
        var process = silo._process = Process.Start(silo.Program(words))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await error);
    }

    public async Task StartAgainAsync()
    {
        IsHeld = false;
        var start = Program("--Urls", _settings.GetValueOrDefault("Urls") is { Length: > 0 } further ? $"{Url};{further}" : Url);
        var ready = new TaskCompletionSource();
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Read(e.Data, ready);
        process.ErrorDataReceived += (_, e) => Read(e.Data, ready);
        process.Exited += (_, _) => _ = FailAsync(process, ready);
        process.Start();
        // Others ask meanwhile whether it runs: one that was not started cannot say.
        _process = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(StartsWithin);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The silo is not up within {StartsWithin.TotalSeconds} s:\n{Output}", e);
        }
    }

    // Its last words may come after its end.
    private async Task FailAsync(Process ended, TaskCompletionSource ready)
    {
        try
        {
            await ended.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It is disposed of: nobody waits any more.
        }

        ready.TrySetException(new InvalidOperationException("The silo ended:\n" + Output));
    }

    /// <summary>Runs a subcommand of the program with this silo's settings.</summary>
    /// <returns>The exit code, and everything that was printed.</returns>
    public Task<(int Code, string Printed)> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <summary>The same with what somebody types.</summary>
    public async Task<(int Code, string Printed)> RunWithInputAsync(string input, params string[] arguments)
    {
        var start = Program(arguments);
        start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading.
        }

        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(printed));
    }

    /// <summary>SIGTERM, as systemd stops it, awaited to its end.</summary>
    public async Task StopAsync()
    {
        using var signal = Process.Start("sh", ["-c", $"kill -TERM {_process!.Id}"]);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends when it has ended by itself.</summary>
    public Task EndedAsync() => _process!.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));

    /// <summary>SIGKILL: no chance to say goodbye.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    /// <summary>An HTTP client, signed in by a one-time link if one is given. A link works once, so its cookie is kept.</summary>
    public async Task<HttpClient> BrowserAsync(string? link = null)
    {
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Url) };
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        if (link is not null)
        {
            http.DefaultRequestHeaders.Add("Cookie", await CookieAsync(link));
        }

        return http;
    }

    public async Task<string> CookieAsync(string link)
    {
        await _signIn.WaitAsync();
        try
        {
            if (!_cookies.TryGetValue(link, out var cookie))
            {
                using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
                using var entered = await http.GetAsync(new Uri(link));
                cookie = entered.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("ortaq=", StringComparison.Ordinal)).Split(';')[0];
                _cookies[link] = cookie;
            }

            return cookie;
        }
        finally
        {
            _signIn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        _signIn.Dispose();
        Directory.Delete(_folder, recursive: true);
        if (Directory.Exists(_folder + "-keys"))
        {
            Directory.Delete(_folder + "-keys", recursive: true);
        }
    }

    private ProcessStartInfo Program(params string[] arguments)
    {
        string[] program = ["dotnet", PathOfSilo(), .. arguments];
        program = Within is null ? program : ["ip", "netns", "exec", Within, .. program];
        var start = new ProcessStartInfo(program[0], program[1..])
        {
            WorkingDirectory = Path.GetDirectoryName(PathOfSilo())!,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Data__Folder"] = _folder;
        start.Environment["Keys__Folder"] = KeysFolder;
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value ?? "";
        }

        return start;
    }

    private void Read(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line.StartsWith("teach:", StringComparison.Ordinal))
        {
            TeachLink = line["teach:".Length..].Trim().Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        }
        else if (line.StartsWith("held:", StringComparison.Ordinal))
        {
            IsHeld = true;
            ready.TrySetResult();
        }
        else if (line.StartsWith("mentor:", StringComparison.Ordinal))
        {
            MentorLink = line["mentor:".Length..].Trim().Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
            ready.TrySetResult();
        }
    }

    /// <summary>The built program.</summary>
    public static string PathOfSilo()
    {
        var parts = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        var configuration = parts[^2];
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "silo", "Classroom.Silo", "bin", configuration, "net10.0", "Classroom.Silo.dll");
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new InvalidOperationException("The silo is not built: run tests/run.");
    }

    /// <summary>
    /// A port that nobody listens on. Not one of those that the system gives to outgoing connections: between this look and the program's start, or
    /// while a killed program is down, another suite's connection would take it.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            try
            {
                using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Somebody's.
            }
        }
    }
}
