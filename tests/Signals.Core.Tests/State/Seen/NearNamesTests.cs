using Signals.Core.State.Seen;

namespace Signals.Core.Tests.State.Seen;

public sealed class NearNamesTests
{
    [Theory]
    [InlineData("Invoice sent", "Invoice Sent")]
    [InlineData("invoice_sent", "Invoice Sent")]
    [InlineData("invoice-sent", "Invoice Sent")]
    [InlineData("invoice.sent", "Invoice Sent")]
    [InlineData("invoiceSent", "Invoice Sent")]
    [InlineData("InvoiceSent", "Invoice Sent")]
    [InlineData(" Invoice  Sent ", "Invoice Sent")]
    [InlineData("Invoices Sent", "Invoice Sent")]
    [InlineData("Entries Added", "Entry Added")]
    [InlineData("HTMLExported", "Html Exported")]
    [InlineData("signup", "Sign Up")]
    [InlineData("created_at", "createdAt")]
    [InlineData("MRR", "mrr")]
    [InlineData("Vidéo regardée", "vidéo_regardée")]
    public void The_same_words_written_otherwise_are_near(string seen, string model) => AssertNear(Nearness.Spelling, seen, model);

    [Theory]
    [InlineData("Sent Invoice", "Invoice Sent")]
    [InlineData("watched_video", "Video Watched")]
    public void The_same_words_in_another_order_are_near(string seen, string model) => AssertNear(Nearness.Order, seen, model);

    [Theory]
    [InlineData("Invoce Sent", "Invoice Sent")]
    [InlineData("Invocie Sent", "Invoice Sent")]
    [InlineData("Import Completed", "Import Complete")]
    [InlineData("Subscription Cancelled", "Subscription Canceled")]
    public void A_slip_of_the_keyboard_is_near(string seen, string model) => AssertNear(Nearness.Slip, seen, model);

    [Theory]
    [InlineData("Step 1 Done", "Step 2 Done")]
    [InlineData("Checkout Step1", "Checkout Step2")]
    [InlineData("Feature Enabled", "Feature Disabled")]
    [InlineData("User Subscribed", "User Unsubscribed")]
    [InlineData("Ticket Solved", "Ticket Saved")]
    [InlineData("Ticket Opened", "Ticket Closed")]
    [InlineData("Item Added", "Cart Added")]
    [InlineData("Log In", "Log On")]
    [InlineData("Invoice", "Invoice Sent")]
    [InlineData("", "Invoice Sent")]
    [InlineData("!!!", "Invoice Sent")]
    public void Other_things_are_not(string seen, string model) =>
        Assert.Null(NearNames.Compare(NearNames.KeyOf(seen), NearNames.KeyOf(model)));

    [Fact]
    public void Names_that_are_all_marks_are_near_nothing() =>
        Assert.Null(NearNames.Compare(NearNames.KeyOf("!!!"), NearNames.KeyOf("???")));

    private static void AssertNear(Nearness expected, string seen, string model)
    {
        Assert.Equal(expected, NearNames.Compare(NearNames.KeyOf(seen), NearNames.KeyOf(model)));
        Assert.Equal(expected, NearNames.Compare(NearNames.KeyOf(model), NearNames.KeyOf(seen)));
    }
}
