using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Debian's Firefox, driven by the standard's own protocol (WebDriver BiDi): Playwright has a Firefox of its own only. A page is looked at by scripts; hands are the
/// browser's own pointer and keys.
/// </summary>
internal sealed partial class Firefox : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly TempFolder _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly Dictionary<long, TaskCompletionSource<JsonNode>> _asked = [];
    private readonly Lock _lock = new();
    private Process _process = null!;
    private Task _reading = Task.CompletedTask;
    private long _last;
    private string _page = "";

    /// <summary>Errors of scripts, as the page's console has them.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Firefox> StartAsync(string language)
    {
        var firefox = new Firefox();
        await File.WriteAllTextAsync(Path.Combine(firefox._profile.Path, "user.js"),
            $"""
            user_pref("intl.accept_languages", "{language}");
            user_pref("browser.shell.checkDefaultBrowser", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("toolkit.telemetry.enabled", false);
            user_pref("app.update.enabled", false);
            user_pref("network.captive-portal-service.enabled", false);
            user_pref("network.connectivity-service.enabled", false);
            user_pref("services.settings.server", "http://127.0.0.1:1");
            user_pref("browser.safebrowsing.malware.enabled", false);
            user_pref("browser.safebrowsing.phishing.enabled", false);
            user_pref("extensions.getAddons.cache.enabled", false);
            user_pref("ui.prefersReducedMotion", 1);
            """);
        var start = new ProcessStartInfo("firefox-esr", ["--headless", "--no-remote", "--profile", firefox._profile.Path, "--remote-debugging-port", "0", "--width", "360", "--height", "740", "about:blank"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = firefox._profile.Path;
        start.Environment["MOZ_DISABLE_CONTENT_SANDBOX"] = "1";
        firefox._process = Process.Start(start)!;
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        firefox._process.OutputDataReceived += (_, _) => { };
        firefox._process.ErrorDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is { Success: true } found)
            {
                address.TrySetResult(found.Groups[1].Value);
            }
        };
        firefox._process.BeginErrorReadLine();
        firefox._process.BeginOutputReadLine();
        await firefox._socket.ConnectAsync(new Uri(await address.Task.WaitAsync(Patience) + "/session"), CancellationToken.None);
        firefox._reading = firefox.ReadAsync();
        await firefox.AskAsync("session.new", new { capabilities = new { } });
        await firefox.AskAsync("session.subscribe", new { events = new[] { "log.entryAdded" } });
        var tree = await firefox.AskAsync("browsingContext.getTree", new { });
        firefox._page = tree["contexts"]![0]!["context"]!.GetValue<string>();
        await firefox.AskAsync("browsingContext.setViewport", new { context = firefox._page, viewport = new { width = 360, height = 740 } });
        return firefox;
    }

    public Task GoAsync(string url) => AskAsync("browsingContext.navigate", new { context = _page, url, wait = "complete" });

    public Task ReloadAsync() => AskAsync("browsingContext.reload", new { context = _page, wait = "complete" });

    /// <summary>What a script of the page gives, as JSON.</summary>
    public async Task<JsonNode?> LookAsync(string expression)
    {
        var reply = await AskAsync("script.evaluate", new { expression = $"(async () => JSON.stringify(await ({expression})) ?? 'null')()", target = new { context = _page }, awaitPromise = true, userActivation = false });
        if (reply["type"]!.GetValue<string>() != "success")
        {
            throw new InvalidOperationException(reply.ToJsonString());
        }

        return JsonNode.Parse(reply["result"]!["value"]!.GetValue<string>());
    }

    /// <summary>Waits until a script of the page gives true.</summary>
    public async Task UntilAsync(string expression)
    {
        var found = await LookAsync(
            $$"""
            new Promise((done) => {
              const end = Date.now() + {{Patience.TotalMilliseconds}};
              const look = () => ({{expression}}) ? done(true) : Date.now() > end ? done(false) : requestAnimationFrame(look);
              look();
            })
            """);
        found!.GetValue<bool>().ShouldBeTrue($"{expression} on {await LookAsync("document.body.innerText.slice(0, 600)")}");
    }

    public Task SeesAsync(string selector) => UntilAsync($"document.querySelector({JsonSerializer.Serialize(selector)})?.checkVisibility()");

    /// <summary>A press in the middle of what is there and may be pressed.</summary>
    public async Task ClickAsync(string selector, int nth = 0)
    {
        var at = JsonSerializer.Serialize(selector);
        await UntilAsync($"document.querySelectorAll({at})[{nth}]?.checkVisibility() && !document.querySelectorAll({at})[{nth}].disabled");
        var middle = await LookAsync(
            $$"""
            (() => {
              const e = document.querySelectorAll({{at}})[{{nth}}];
              e.scrollIntoView({ block: "center" });
              const box = e.getClientRects()[0];
              return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
            })()
            """);
        await AskAsync("input.performActions", new
        {
            context = _page,
            actions = new[]
            {
                new
                {
                    type = "pointer", id = "finger",
                    actions = new object[]
                    {
                        new { type = "pointerMove", x = middle![0]!.GetValue<int>(), y = middle[1]!.GetValue<int>() },
                        new { type = "pointerDown", button = 0 },
                        new { type = "pointerUp", button = 0 },
                    },
                },
            },
        });
    }

    public async Task TypeAsync(string selector, string text, int nth = 0)
    {
        await ClickAsync(selector, nth);
        await UntilAsync($"document.activeElement === document.querySelectorAll({JsonSerializer.Serialize(selector)})[{nth}]");
        await AskAsync("input.performActions", new
        {
            context = _page,
            actions = new[]
            {
                new
                {
                    type = "key", id = "keys",
                    actions = text.EnumerateRunes().SelectMany(r => new[] { new { type = "keyDown", value = r.ToString() }, new { type = "keyUp", value = r.ToString() } }).ToArray(),
                },
            },
        });
        await UntilAsync($"document.querySelectorAll({JsonSerializer.Serialize(selector)})[{nth}].value.endsWith({JsonSerializer.Serialize(text)})");
    }

    public async Task ShootAsync(string name)
    {
        var shot = await AskAsync("browsingContext.captureScreenshot", new { context = _page });
        Directory.CreateDirectory(Screens.Folder);
        await File.WriteAllBytesAsync(Path.Combine(Screens.Folder, name + ".png"), Convert.FromBase64String(shot["data"]!.GetValue<string>()));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_socket.State == WebSocketState.Open)
            {
                await AskAsync("browser.close", new { });
            }
        }
        catch (Exception e) when (e is WebSocketException or TimeoutException or InvalidOperationException)
        {
            // It is ended below.
        }

        if (!_process.WaitForExit(10_000))
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _socket.Dispose();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
        _profile.Dispose();
    }

    private async Task<JsonNode> AskAsync(string method, object what)
    {
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = Interlocked.Increment(ref _last);
        lock (_lock)
        {
            _asked[id] = answer;
        }

        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = what }), WebSocketMessageType.Text, true, CancellationToken.None);
        return await answer.Task.WaitAsync(Patience + Patience);
    }

    private async Task ReadAsync()
    {
        var part = new byte[1 << 16];
        using var whole = new MemoryStream();
        while (_socket.State == WebSocketState.Open)
        {
            var got = await _socket.ReceiveAsync(part, CancellationToken.None);
            whole.Write(part, 0, got.Count);
            if (!got.EndOfMessage)
            {
                continue;
            }

            if (whole.Length > 0)
            {
                Heard(JsonNode.Parse(whole.ToArray())!);
            }

            whole.SetLength(0);
        }
    }

    private void Heard(JsonNode message)
    {
        if (message["id"]?.GetValue<long>() is { } id)
        {
            TaskCompletionSource<JsonNode>? answer;
            lock (_lock)
            {
                _asked.Remove(id, out answer);
            }

            if (message["type"]!.GetValue<string>() == "success")
            {
                answer?.TrySetResult(message["result"]!);
            }
            else
            {
                answer?.TrySetException(new InvalidOperationException(message.ToJsonString()));
            }
        }
        else if (message["method"]?.GetValue<string>() == "log.entryAdded" && message["params"]!["type"]!.GetValue<string>() == "javascript")
        {
            Complaints.Add(message["params"]!["text"]!.GetValue<string>());
        }
    }

    [GeneratedRegex(@"WebDriver BiDi listening on (ws://\S+)")]
    private static partial Regex Listening();
}
