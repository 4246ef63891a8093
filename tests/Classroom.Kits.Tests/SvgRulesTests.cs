using System.Text;

namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>A drawing keeps what draws; whatever could act, call out or swell is gone from it.</summary>
public class SvgRulesTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<rect onload=\"alert(1)\" width=\"1\"/>")]
    [InlineData("<style>rect{fill:url(http://x)}</style>")]
    [InlineData("<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</body></foreignObject>")]
    [InlineData("<image href=\"http://x/y.png\"/>")]
    [InlineData("<image href=\"data:image/svg+xml;base64,AAAA\"/>")]
    [InlineData("<a href=\"javascript:alert(1)\"><rect/></a>")]
    [InlineData("<use href=\"http://x/y.svg#a\"/>")]
    [InlineData("<use xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"data:alert\"/>")]
    [InlineData("<rect fill=\"url(http://x/y)\"/>")]
    [InlineData("<rect fill=\"url(#a) url(http://x)\"/>")]
    [InlineData("<rect style=\"fill:url(http://x)\"/>")]
    [InlineData("<rect style=\"background:http://x\"/>")]
    [InlineData("<rect fill=\"u\\72l(http://x)\"/>")]
    [InlineData("<rect class=\"alert\"/>")]
    [InlineData("<set attributeName=\"href\" to=\"javascript:alert(1)\"/>")]
    [InlineData("<animate attributeName=\"href\" values=\"http://x\"/>")]
    [InlineData("<filter id=\"f\"><feImage href=\"http://x\"/></filter>")]
    [InlineData("<handler xmlns=\"http://www.w3.org/2001/xml-events\">alert(1)</handler>")]
    [InlineData("<svg viewBox=\"0 0 1 1\"><text>http://x</text></svg>")]
    [InlineData("<?xml-stylesheet href=\"http://x\"?>")]
    [InlineData("<!-- alert http://x -->")]
    public void What_could_act_or_call_out_is_gone(string inside)
    {
        var clean = Cleaned($"<rect id=\"a\" width=\"9\" height=\"9\"/>{inside}");
        clean.ShouldContain("<rect id=\"a\"");
        foreach (var word in new[] { "alert", "http://x", "script", "data:", "url(", "on" + "load", "foreignObject", "style", "class" })
        {
            clean.ShouldNotContain(word);
        }
    }

    [Theory]
    [InlineData("<g transform=\"translate(1,2) rotate(-30.5)\" opacity=\"0.5\"><path d=\"M0 0L9 9z\" stroke=\"#123\" stroke-width=\"2\" /></g>")]
    [InlineData("<linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"rgb(1,2,3)\" /></linearGradient><rect fill=\"url(#g)\" />")]
    [InlineData("<marker id=\"m\" orient=\"auto\"><path d=\"M0 0\" /></marker><line x1=\"0\" marker-end=\"url(#m)\" />")]
    [InlineData("<text x=\"1\" font-size=\"28\">CO₂ <tspan dy=\"3\">1/4</tspan></text>")]
    [InlineData("<g id=\"leaf\"><circle r=\"3\" /></g><use href=\"#leaf\" x=\"4\" />")]
    [InlineData("<clipPath id=\"c\"><ellipse rx=\"2\" ry=\"1\" /></clipPath><polygon points=\"0,0 1,1\" clip-path=\"url(#c)\" />")]
    public void What_draws_stays_as_it_is(string inside) => Cleaned(inside).ShouldContain(inside);

    [Fact]
    public void A_style_becomes_attributes_and_an_old_link_a_new_one()
    {
        Cleaned("<rect style=\"fill: #fff; -inkscape-x: 1; stroke:red\"/>").ShouldContain("<rect fill=\"#fff\" stroke=\"red\"");
        Cleaned("<g id=\"a\"/><use xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"#a\"/>").ShouldContain("<use href=\"#a\"");
    }

    [Fact]
    public void Uses_of_uses_are_dropped_before_they_multiply()
    {
        var bomb = "<g id=\"a0\"><rect/></g>" + string.Concat(Enumerable.Range(1, 9).Select(i => $"<g id=\"a{i}\">{string.Concat(Enumerable.Repeat($"<use href=\"#a{i - 1}\"/>", 10))}</g>"));
        var clean = Cleaned(bomb);
        clean.Split("#a0").Length.ShouldBe(11);
        clean.ShouldNotContain("#a1");
        Cleaned("<g id=\"a\"><use href=\"#a\"/></g>").ShouldNotContain("<use");
    }

    [Theory]
    [InlineData("")]
    [InlineData("just words")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect></svg>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>&b;</text></svg>")]
    [InlineData("<!DOCTYPE svg SYSTEM \"file:///etc/passwd\"><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>")]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>")]
    [InlineData("<svg viewBox=\"0 0 9 9\"/>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 0 9\"/>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 NaN 9\"/>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1e400 9\"/>")]
    public void What_is_no_drawing_is_refused(string svg)
    {
        var error = Pictures.Errors(Pictures.Whole(svg: Encoding.UTF8.GetBytes(svg.Length == 0 ? " " : svg))).ShouldHaveSingleItem();
        (error.Code, error.Field).ShouldBe((SvgBroken, "images[0].file"));
    }

    [Fact]
    public void Very_many_or_very_deep_elements()
    {
        Pictures.Errors(Pictures.Whole(svg: Encoding.UTF8.GetBytes(Root(string.Concat(Enumerable.Repeat("<rect/>", 6000)))))).ShouldHaveSingleItem().Code.ShouldBe(SvgBroken);
        var deep = Cleaned(string.Concat(Enumerable.Repeat("<g>", 4000)) + "<rect width=\"7\"/>" + string.Concat(Enumerable.Repeat("</g>", 4000)));
        deep.Split("<g").Length.ShouldBeLessThan(40);
    }

    [Fact]
    public void A_width_and_a_height_do_for_a_box() =>
        KitLoader.Parse(Pictures.Zip(Pictures.Whole(svg: Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30px\" height=\"20\"/>"))), "kit.zip").Kit!
            .Lessons[0].Plan.Steps[0].Image!.ShouldSatisfyAllConditions(i => i.Width.ShouldBe(30), i => i.Height.ShouldBe(20));

    private static string Root(string inside) => $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>";

    private static string Cleaned(string inside)
    {
        var kit = KitLoader.Parse(Pictures.Zip(Pictures.Whole(svg: Encoding.UTF8.GetBytes(Root(inside)))), "kit.zip").Kit.ShouldNotBeNull();
        return Encoding.UTF8.GetString(kit.Images[kit.Lessons[0].Plan.Steps[0].Image!.Hash].Bytes.Span);
    }
}
