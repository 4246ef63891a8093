using Npgsql;

namespace Classroom.Cluster.Tests;

/// <summary>Accounts where several silos serve them: the first start, and that what ends at one silo ends at all.</summary>
public sealed class AccountsAcrossSilos
{
    private const string Password = "jolbarys-jaz-9";

    [Fact]
    public async Task Three_processes_that_start_at_once_on_an_empty_database_make_each_account_once_and_read_each_others_cookies()
    {
        await using var cluster = await SiloCluster.StartAsync(3, ("Accounts__First", "aigul:" + Password), ("Accounts__Mentor", "zhanna:" + Password), ("Accounts__Admin", "boss:" + Password));
        foreach (var from in cluster.Silos)
        {
            foreach (var (login, role) in new[] { ("aigul", "teacher"), ("zhanna", "mentor"), ("boss", "admin") })
            {
                using var somebody = await AccountClient.SignInAsync(from.Url, login, Password);
                foreach (var to in cluster.Silos)
                {
                    using var elsewhere = AccountClient.With(to.Url, somebody.Cookie);
                    (await elsewhere.RoleAsync()).ShouldBe(role, $"{from.Url} to {to.Url}");
                }
            }
        }

        await using var connection = new NpgsqlConnection(cluster.Database);
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("select (select count(*) from accounts), (select count(*) from roles), (select count(*) from account_roles), (select count(*) from centres)", connection);
        await using var row = await count.ExecuteReaderAsync();
        (await row.ReadAsync()).ShouldBeTrue();
        Enumerable.Range(0, 4).Select(row.GetInt64).ShouldBe([5, 3, 5, 1], "three of the settings, two of a Development machine");
        cluster.Silos.SelectMany(s => s.Failures).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_one_silo_ends_is_over_at_all_of_them_connections_too()
    {
        await using var cluster = await SiloCluster.StartAsync(3, ("Accounts__First", "aigul:" + Password), ("Accounts__Mentor", "zhanna:" + Password), ("Accounts__Admin", "boss:" + Password));
        var (first, second, third) = (cluster.Silos[0].Url, cluster.Silos[1].Url, cluster.Silos[2].Url);
        using var boss = await AccountClient.SignInAsync(first, "boss", Password);
        using var aigul = await AccountClient.SignInAsync(second, "aigul", Password);
        using var zhanna = await AccountClient.SignInAsync(second, "zhanna", Password);
        using var copy = AccountClient.With(third, aigul.Cookie);
        (await copy.RoleAsync()).ShouldBe("teacher");
        await using var open = await WireClient.ConnectAsync(third, cookie: aigul.Cookie);
        await using var other = await WireClient.ConnectAsync(third, cookie: zhanna.Cookie);

        (await boss.PostAsync($"/api/accounts/{await boss.IdOfAsync("aigul")}/disable")).Code.ShouldBeNull();
        await open.OverAsync();
        await copy.OutAsync();
        await aigul.OutAsync();
        (await zhanna.RoleAsync()).ShouldBe("mentor");

        (await zhanna.PostAsync("/api/logout")).Code.ShouldBeNull();
        await other.OverAsync();
        using var late = AccountClient.With(third, zhanna.Cookie);
        await late.OutAsync();
        cluster.Silos.SelectMany(s => s.Failures).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_one_time_link_is_taken_once_wherever_it_is_opened()
    {
        await using var cluster = await SiloCluster.StartAsync(2, ("Accounts__Admin", "boss:" + Password));
        using var boss = await AccountClient.SignInAsync(cluster.Silos[0].Url, "boss", Password);
        var token = (await boss.PostAsync("/api/accounts", new { login = "aigul", name = "Айгүл", role = "teacher" })).Body!["token"]!.GetValue<string>();
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AccountClient.ChooseAsync(cluster.Silos[i % 2].Url, token, $"kok-tau-tulki-{i}")));
        codes.Count(c => c is null).ShouldBe(1, string.Join(", ", codes));
        codes.Where(c => c is not null).ShouldAllBe(c => c == "link-used");
    }
}
