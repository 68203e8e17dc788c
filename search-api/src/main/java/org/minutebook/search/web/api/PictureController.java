package org.minutebook.search.web.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minutebook.contracts.Box;
import org.minutebook.contracts.ItemId;
import org.minutebook.search.WithSearch;
import org.minutebook.search.elasticsearch.ItemLookup;
import org.minutebook.search.items.NotThereException;
import org.minutebook.search.items.WrongInputException;
import org.minutebook.search.pictures.ItemPictures;
import org.minutebook.search.pictures.MarkedPart;
import org.minutebook.search.pictures.Picture;
import org.minutebook.search.pictures.PictureSettings;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** Where an item stands on its page, as a picture. */
@WithSearch
@RestController
class PictureController {

    private final ItemLookup lookup;
    private final ItemPictures pictures;
    private final PictureSettings settings;

    PictureController(ItemLookup lookup, ItemPictures pictures, PictureSettings settings) {
        this.lookup = lookup;
        this.pictures = pictures;
        this.settings = settings;
    }

    /**
     * The part of a page that an item stands on, with the item marked.
     *
     * @param page of the document; the first one that the item is on where none is named
     */
    @GetMapping("/api/v1/items/{id}/picture")
    @Nullable ResponseEntity<byte[]> picture(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer page,
            WebRequest request) {
        if (!ItemId.isValid(id) || !settings.enabled()) {
            throw nothing(id);
        }
        ItemId itemId = new ItemId(id);
        List<Box> boxes = lookup.placeInPdf(itemId);
        if (boxes.isEmpty()) {
            throw nothing(id);
        }
        int number = page == null ? boxes.getFirst().page() : page;
        List<Box> onPage = boxes.stream().filter(box -> box.page() == number).toList();
        if (onPage.isEmpty()) {
            throw new WrongInputException("page", "the item is not on page " + number);
        }
        MarkedPart part = new MarkedPart(itemId.document(), number, onPage);
        String tag = '"' + part.name() + '"';
        if (request.checkNotModified(tag)) {
            return null;
        }
        Picture picture = pictures.picture(part).orElseThrow(() -> nothing(id));
        return ResponseEntity.ok()
                .eTag(tag)
                .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic())
                .contentType(MediaType.parseMediaType(picture.mediaType()))
                .body(picture.bytes());
    }

    private static NotThereException nothing(String id) {
        return new NotThereException("There is no picture of an item '" + id + "'");
    }
}
