using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Classroom.Silo.Auth;
using Classroom.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Silo.Tests;

/// <summary>The program in the test's process, in one minute that does not end, asked from whatever address a phone says that it has.</summary>
public sealed class GuessingFixture : IDisposable
{
    public const string Password = "Toqsan-9-jyl";
    private const int HashedAtStart = 4;
    internal const string AddressHeader = "X-Test-Address";
    private readonly InProcessSilo _silo = new();
    private int _addresses;

    public CountedPermits Permits { get; } = new();

    public CountingHasher Hasher { get; } = new();

    public WebApplicationFactory<Program> Silo { get; }

    public GuessingFixture() => Silo = _silo.WithWebHostBuilder(b => b.UseSetting("Accounts:First", "aigul:" + Password).UseSetting("Accounts:Mentor", "zhanar:" + Password).ConfigureTestServices(s => s
        .AddSingleton<IPermits>(Permits).AddSingleton<IPasswordHasher<Account>>(Hasher).AddSingleton<IStartupFilter, AddressOfTheTest>()));

    public void Dispose()
    {
        Silo.Dispose();
        _silo.Dispose();
    }

    /// <summary>An address that no other test has.</summary>
    public string NewAddress() => $"10.{Interlocked.Increment(ref _addresses)}.0.1";

    /// <summary>A browser that was never here.</summary>
    public Phone NewPhone(string address, bool cookies = true)
    {
        var http = Silo.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = cookies });
        http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        http.DefaultRequestHeaders.Add(AddressHeader, address);
        return new Phone(http);
    }

    /// <summary>
    /// The program makes its accounts when it answers already; the mentor's is the last. Each password is hashed once as it is made, and once to see whether it is in force.
    /// </summary>
    public async Task AccountsAreMadeAsync()
    {
        while (true)
        {
            using var scope = Silo.Services.CreateScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            if (await users.FindByNameAsync("zhanar") is { } last && await users.IsInRoleAsync(last, nameof(Role.Mentor)) && Hasher.Hashed >= HashedAtStart)
            {
                return;
            }

            await Task.Yield();
        }
    }

    /// <summary>A lesson whose code it returns.</summary>
    public async Task<(string Code, Guid ClassroomId, HttpClient Teacher)> OpenLessonAsync()
    {
        var teacher = Silo.CreateClient();
        teacher.DefaultRequestHeaders.Add("X-Ortaq", "1");
        teacher.DefaultRequestHeaders.Add("Cookie", InProcessSilo.CookieOf(Silo.Services, Role.Teacher, Guid.CreateVersion7(), TimeSpan.FromHours(1)));
        var kits = await teacher.GetFromJsonAsync<JsonArray>("/api/kits");
        using var opened = await teacher.PostAsJsonAsync(
            "/api/classrooms", new { kitId = (string?)kits![0]!["id"], lessonId = (string?)kits[0]!["lessons"]![0]!["id"], className = "7Б", language = "kk", atCentre = false });
        var id = (await opened.Content.ReadFromJsonAsync<JsonNode>())!["classroomId"]!.GetValue<Guid>();
        return ((await Silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(id).JoinCode())!, id, teacher);
    }

    private sealed class AddressOfTheTest : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.TryParse(context.Request.Headers[AddressHeader], out var address) ? address : IPAddress.Loopback;
                return following(context);
            });
            next(app);
        };
    }
}

/// <summary>Counts how many passwords are hashed.</summary>
public sealed class CountingHasher : IPasswordHasher<Account>
{
    private readonly PasswordHasher<Account> _hasher = new();
    private int _hashed;

    public int Hashed => Volatile.Read(ref _hashed);

    public string HashPassword(Account user, string password)
    {
        Interlocked.Increment(ref _hashed);
        return _hasher.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _hashed);
        return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}

/// <summary>A browser as far as trying goes: it keeps its cookies, and does the work that it is asked for when it is told to.</summary>
public sealed class Phone(HttpClient http)
{
    private static int _names;

    public HttpClient Http => http;

    /// <summary>Its carrier, or the next room's Wi-Fi, gives it another address.</summary>
    public void MoveTo(string address)
    {
        http.DefaultRequestHeaders.Remove(GuessingFixture.AddressHeader);
        http.DefaultRequestHeaders.Add(GuessingFixture.AddressHeader, address);
    }

    public Task<Tried> JoinAsync(string code, object? proof = null, string? nickname = null, bool device = false) =>
        PostAsync("/api/join", new { code, nickname = nickname ?? $"Құс {Interlocked.Increment(ref _names)}", language = "kk", level = "simple", themed = false, device, proof });

    public Task<Tried> LoginAsync(string userName, string password, object? proof = null) => PostAsync("/api/login", new { userName, password, proof });

    public Task<Tried> PairAsync(object? proof = null) => PostAsync("/api/board/pair", new { proof });

    /// <summary>As a browser does: it works as often as it is asked to.</summary>
    public async Task<Tried> WorkedAsync(Func<object?, Task<Tried>> ask)
    {
        var tried = await ask(null);
        for (var i = 0; i < 3 && tried.Challenge is not null; i++)
        {
            tried = await ask(Solve(tried.Challenge));
        }

        return tried;
    }

    /// <summary>So many wrong codes at once, each another one.</summary>
    public Task<Tried[]> GuessAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => JoinAsync(RandomNumberGenerator.GetString(JoinCodes.Alphabet, 12))));

    /// <summary>What a browser does with a challenge.</summary>
    public static object Solve(JsonNode challenge)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        var (salt, hash, max) = (challenge["salt"]!.GetValue<string>(), challenge["hash"]!.GetValue<string>(), challenge["max"]!.GetValue<long>());
        var wanted = Convert.FromHexString(hash);
        var number = Enumerable.Range(0, (int)max).First(n => SHA256.HashData(Encoding.ASCII.GetBytes(salt + n.ToString(CultureInfo.InvariantCulture))).AsSpan().SequenceEqual(wanted));
        return new { token = challenge["token"]!.GetValue<string>(), number };
    }

    private async Task<Tried> PostAsync(string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        var json = text.Length == 0 ? null : JsonNode.Parse(text);
        return new Tried(answer.StatusCode, (string?)json?["code"], json?["challenge"], json);
    }
}

/// <summary>What came of a try.</summary>
public sealed record Tried(HttpStatusCode Status, string? Code, JsonNode? Challenge, JsonNode? Body)
{
    public bool IsIn => Status == HttpStatusCode.OK;
}
