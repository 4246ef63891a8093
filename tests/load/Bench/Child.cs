using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Classroom.Load;

/// <summary>A server of a run in its own process, on its own core. It takes orders and answers by lines of JSON.</summary>
public sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly string _data;

    private Child(Process process, string data)
    {
        (_process, _data) = (process, data);
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public double Cpu => Pin.Cpu(Id);

    public long Resident => Pin.Resident(Id);

    public int Port { get; private set; }

    /// <summary>Starts this same program as a server: <c>serve-raw</c>, <c>serve-ours</c>, ...</summary>
    public static async Task<Child> StartAsync(string role, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { role },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.Combine(Root(), "silo", "Classroom.Silo"),
        };
        var data = Directory.CreateTempSubdirectory("ortaq-load").FullName;
        start.Environment["Data__Folder"] = data;
        // Silos on one database have one key store.
        start.Environment["Keys__Folder"] = environment.FirstOrDefault(e => e.Item1 == "ConnectionStrings__Postgres").Item2 is { Length: > 0 } postgres
            ? Path.Combine(Path.GetTempPath(), "ortaq-keys-" + new Npgsql.NpgsqlConnectionStringBuilder(postgres).Database + Environment.ProcessId) : data + "-keys";
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(Child).Assembly.Location);
        }

        // A server that sees two cores sizes itself for two; it has one.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        // As each is run: the product's own project turns it off, a plain server has it.
        start.Environment["DOTNET_TieredPGO"] = role.StartsWith("serve-o", StringComparison.Ordinal) ? "0" : "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new Child(Process.Start(start)!, data);
        child.Port = (await child.AskAsync(null))["port"]!.GetValue<int>();
        return child;
    }

    /// <summary>Sends a command line and reads one line of JSON back.</summary>
    public async Task<JsonNode> AskAsync(string? line)
    {
        if (line is not null)
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }

        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(3)) is { } answer)
        {
            // A server logs to the same stream; its answers are marked.
            if (answer.StartsWith(ServerLines.Answer))
            {
                return JsonNode.Parse(answer[1..])!;
            }
        }

        throw new InvalidOperationException("The server ended: " + await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>Runs a tool to its end; its words are shown only when it fails.</summary>
    public static async Task RunToolAsync(string program, params string[] arguments)
    {
        // On all cores, where this process has one: a publish is no part of what is measured.
        var start = new ProcessStartInfo("taskset", ["0xffffffff", program]) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}:\n{said}");
        }
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Classroom.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
