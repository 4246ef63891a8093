using Classroom.Silo.Auth;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Classroom.Silo.Tests;

/// <summary>A browser's own id: given once, by this server alone, and read back only whole.</summary>
public sealed class DeviceTests
{
    private readonly Devices _devices = new(new EphemeralDataProtectionProvider(), TimeProvider.System);

    [Fact]
    public void A_browser_is_given_one_id_and_keeps_it()
    {
        var first = new DefaultHttpContext();
        var id = _devices.Ensure(first);
        _devices.Ensure(first).ShouldBe(id, "asked twice in one request");
        var given = first.Response.Headers.SetCookie.ShouldHaveSingleItem()!;

        var second = Bringing(given.Split(';')[0]);
        _devices.Ensure(second).ShouldBe(id);
        second.Response.Headers.SetCookie.ShouldBeEmpty();
        _devices.Known(second.Request).ShouldBe(id);
        _devices.Ensure(new DefaultHttpContext()).ShouldNotBe(id);
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public void The_cookie_is_for_this_site_alone_and_out_of_a_pages_reach(string scheme, bool secure)
    {
        var context = new DefaultHttpContext { Request = { Scheme = scheme } };
        _devices.Ensure(context);
        var parts = context.Response.Headers.SetCookie.ShouldHaveSingleItem()!.Split("; ");
        parts[0].ShouldStartWith("ortaq-device=");
        parts.ShouldContain("httponly");
        parts.ShouldContain("samesite=lax");
        parts.ShouldContain("path=/");
        parts.ShouldContain("max-age=31536000");
        parts.Contains("secure").ShouldBe(secure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not base 64!")]
    [InlineData("CfDJ8")]
    public void What_is_not_from_here_is_no_id(string text)
    {
        _devices.Known(Bringing($"ortaq-device={text}").Request).ShouldBeNull();
        var context = Bringing($"ortaq-device={text}");
        _devices.Ensure(context);
        context.Response.Headers.SetCookie.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_changed_cookie_one_of_another_installation_and_an_endless_one_are_no_id()
    {
        var context = new DefaultHttpContext();
        _devices.Ensure(context);
        var cookie = context.Response.Headers.SetCookie.ShouldHaveSingleItem()!.Split(';')[0];
        _devices.Known(Bringing(cookie).Request).ShouldNotBeNull();
        _devices.Known(Bringing(cookie[..^4] + (cookie[^4] == 'A' ? 'B' : 'A') + cookie[^3..]).Request).ShouldBeNull();
        new Devices(new EphemeralDataProtectionProvider(), TimeProvider.System).Known(Bringing(cookie).Request).ShouldBeNull();
        _devices.Known(Bringing("ortaq-device=" + new string('A', 100_000)).Request).ShouldBeNull();
    }

    private static DefaultHttpContext Bringing(string cookie) => new() { Request = { Headers = { Cookie = cookie } } };
}
