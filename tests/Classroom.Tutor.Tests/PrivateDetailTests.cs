namespace Classroom.Tutor.Tests;

/// <summary>Numbers, addresses and contacts of a person go; years, π, distances and houses of a lesson stay.</summary>
public sealed class PrivateDetailTests
{
    [Theory]
    [InlineData("050315500123", true)]
    [InlineData("050315500124", false)]
    [InlineData("051315500123", false)]
    [InlineData("149597870700", false)]
    [InlineData("201920202021", false)]
    public void Twelve_digits_are_a_personal_number_by_their_day_and_check_digit(string digits, bool goes) =>
        (new Pseudonyms().Hide($"Сан {digits} деп тұр", []) == "Сан [P1] деп тұр").ShouldBe(goes);

    [Fact]
    public void Twelve_digits_that_are_called_so_go_with_a_slip_in_them() => new Pseudonyms().Hide("Менің ЖСН 050315500124", []).ShouldBe("Менің ЖСН [P1]");

    [Theory]
    [InlineData("+7 701 234 56 78")]
    [InlineData("87012345678")]
    [InlineData("8 (701) 234-56-78")]
    [InlineData("8.701.234.56.78")]
    [InlineData("7012345678")]
    [InlineData("87o12З45678")]
    [InlineData("٨٧٠١٢٣٤٥٦٧٨")]
    [InlineData("сегіз жеті жүз бір екі жүз отыз төрт елу алты жетпіс сегіз")]
    [InlineData("восемь семьсот один двести тридцать четыре пятьдесят шесть семьдесят восемь")]
    [InlineData("eight seven zero one two three four five six seven eight")]
    [InlineData("dana@mail.kz")]
    [InlineData("dana (at) mail.kz")]
    [InlineData("dana собака mail точка ru")]
    [InlineData("t.me/dana2012")]
    public void A_number_or_an_address_to_write_to_goes(string written)
    {
        var hidden = new Pseudonyms().Hide($"Жаз: {written}, күтемін", []);
        hidden.ShouldBe("Жаз: [P1], күтемін");
    }

    [Theory]
    [InlineData("Бұл 2019, 2020, 2021, 2022 жылдары болды.")]
    [InlineData("π = 3,14159265358979 және e = 2.718281828459")]
    [InlineData("Жер мен Күн арасы 149 597 870 700 метр, жарық 299 792 458 м/с.")]
    [InlineData("1 000 000 000 деген миллиард, 8 000 000 000 адам бар, 77 012 345 678 тиын")]
    [InlineData("бір екі үш төрт бес алты жеті сегіз тоғыз он")]
    [InlineData("один два три четыре пять шесть семь восемь девять десять")]
    [InlineData("8, 7, 0, 1, 2, 3, 4, 5, 6, 7, 8")]
    [InlineData("Үй 3 қабатты, 12 үйдің 5-і ағаштан, көшеде 15 ағаш бар.")]
    [InlineData("На улице 15 деревьев, дом 3 этажа, квартира 45 м².")]
    [InlineData("The street is 800 metres long, a flat 2D shape, house 5 rooms.")]
    [InlineData("У нас собака рыжая, большая.")]
    public void Numbers_and_houses_of_a_lesson_stay(string text) => new Pseudonyms().Hide(text, []).ShouldBe(text);
}
