using System.Text;

namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>A drawing keeps what draws; whatever could act, call out or swell is gone from it.</summary>
public class SvgRulesTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<rect onload=\"alert(1)\" width=\"1\"/>")]
    [InlineData("<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</body></foreignObject>")]
    [InlineData("<rect fill=\"url(http://x/y)\"/>")]
    [InlineData("<rect fill=\"url(#a) url(http://x)\"/>")]
    [InlineData("<rect style=\"fill:url(http://x)\"/>")]
    [InlineData("<rect style=\"background:http://x\"/>")]
    [InlineData("<rect fill=\"u\\72l(http://x)\"/>")]
    [InlineData("<rect class=\"alert\"/>")]
    [InlineData("<set attributeName=\"href\" to=\"javascript:alert(1)\"/>")]
    [InlineData("<animate attributeName=\"href\" values=\"http://x\"/>")]
    [InlineData("<handler xmlns=\"http://www.w3.org/2001/xml-events\">alert(1)</handler>")]
    [InlineData("<svg viewBox=\"0 0 1 1\"><text>http://x</text></svg>")]
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

    [Theory]
    [InlineData("<style>.a{fill:red}</style>", "line 2: a style sheet")]
    [InlineData("<defs><style type=\"text/css\"><![CDATA[rect{fill:url(http://x)}]]></style></defs>", "line 2: a style sheet")]
    [InlineData("<?xml-stylesheet href=\"http://x\"?>", "line 2: a style sheet")]
    [InlineData("<image href=\"http://x/y.png\"/>", "line 2: a link")]
    [InlineData("<image href=\"data:image/svg+xml;base64,AAAA\"/>", "line 2: a link")]
    [InlineData("<a href=\"javascript:alert(1)\"><rect/></a>", "line 2: a link")]
    [InlineData("<use href=\"http://x/y.svg#a\"/>", "line 2: a link")]
    [InlineData("<use href=\"\"/>", "line 2: a link")]
    [InlineData("<use xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"data:alert\"/>", "line 2: a link")]
    [InlineData("<filter id=\"f\"><feImage href=\"http://x\"/></filter>", "line 2: a link")]
    public void What_its_author_would_miss_without_a_word_is_refused_with_its_line(string inside, string complaint) =>
        Refusal("\n<rect class=\"a\"/>" + inside).ShouldContain(complaint);

    [Fact]
    public void A_class_without_a_style_sheet_and_an_empty_style_sheet_change_nothing() =>
        Cleaned("<style> </style><rect class=\"a\" width=\"1\"/>").ShouldContain("<rect width=\"1\" />");

    [Theory]
    [InlineData("<g id=\"a0\"><rect/></g>", "<g id=\"a{0}\">{1}</g>", "<use href=\"#a{0}\"/>")]
    [InlineData("<clipPath id=\"a0\"><rect/></clipPath>", "<clipPath id=\"a{0}\">{1}</clipPath>", "<rect clip-path=\"url(#a{0})\"/>")]
    [InlineData("<marker id=\"a0\"><rect/></marker>", "<marker id=\"a{0}\">{1}</marker>", "<path d=\"M0 0\" marker-mid=\"url(#a{0})\"/>")]
    [InlineData("<marker id=\"a0\"><rect/></marker>", "<marker id=\"a{0}\"><g marker-end=\"url('#a{2}')\">{1}</g></marker>", "<path d=\"M0 0\"/><path style=\"marker-start:url(#a{0})\" d=\"M1 1h2v3\"/>")]
    public void Parts_that_draw_parts_that_draw_parts_are_counted_before_they_multiply(string first, string part, string drawn)
    {
        Refusal(Chain(5)).ShouldContain("20000 shapes");
        Refusal(Chain(40)).ShouldContain("deep");
        Cleaned(Chain(2)).ShouldContain("#a1");

        string Chain(int length) => $"<defs>{first}" + string.Concat(Enumerable.Range(1, length - 1).Select(i => Part(i, Ten(i - 1)))) + $"</defs>{Ten(length - 1)}";

        string Part(int i, string inside) => part.Replace("{0}", $"{i}", StringComparison.Ordinal).Replace("{1}", inside, StringComparison.Ordinal).Replace("{2}", $"{i - 1}", StringComparison.Ordinal);

        string Ten(int i) => string.Concat(Enumerable.Repeat(drawn.Replace("{0}", $"{i}", StringComparison.Ordinal), 10));
    }

    [Theory]
    [InlineData("<g id=\"a\"><use href=\"#a\"/></g>")]
    [InlineData("<defs><g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g></defs><use href=\"#b\"/>")]
    [InlineData("<clipPath id=\"c\"><rect clip-path=\"url(#c)\"/></clipPath><rect clip-path=\"url(#c)\"/>")]
    [InlineData("<marker id=\"m\"><line marker-end=\"url(#m)\"/></marker><line marker-end=\"url(#m)\"/>")]
    public void A_part_that_draws_itself_is_refused(string inside) => Refusal(inside).ShouldContain("draws itself");

    [Fact]
    public void A_use_of_nothing_draws_nothing_and_one_of_what_has_uses_draws_them()
    {
        Cleaned("<use href=\"#nothing\"/><use/>").ShouldNotContain("<use");
        var clean = Cleaned("<defs><circle id=\"a\" r=\"1\"/><g id=\"b\"><use href=\"#a\"/></g></defs><use href=\"#b\"/><use href=\"#a\"/>");
        clean.Split("<use").Length.ShouldBe(4);
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

    private static string Refusal(string inside)
    {
        var error = Pictures.Errors(Pictures.Whole(svg: Encoding.UTF8.GetBytes(Root(inside)))).ShouldHaveSingleItem();
        error.Code.ShouldBe(SvgBroken);
        return error.Message;
    }

    private static string Root(string inside) => $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>";

    private static string Cleaned(string inside)
    {
        var kit = KitLoader.Parse(Pictures.Zip(Pictures.Whole(svg: Encoding.UTF8.GetBytes(Root(inside)))), "kit.zip").Kit.ShouldNotBeNull();
        return Encoding.UTF8.GetString(kit.Images[kit.Lessons[0].Plan.Steps[0].Image!.Hash].Bytes.Span);
    }
}
